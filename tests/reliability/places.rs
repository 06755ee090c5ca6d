//! Names for files that mean harm: nothing is written anywhere but under the very name that was given, nothing that is there is
//! overwritten, no link is followed, no device is written to. T36.

use crate::support::rely;
use crate::support::world::World;
use closeloop::store::{StoreError, backup, write_file, write_folder};
use std::collections::BTreeMap;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

/// Everything in a folder and below it, with what it holds.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = std::fs::symlink_metadata(&path).unwrap().file_type();
        if kind.is_dir() {
            found.insert(path.clone(), b"folder".to_vec());
            found.append(&mut everything(&path));
        } else if kind.is_symlink() {
            let to = std::fs::read_link(&path).unwrap();
            found.insert(path, to.into_os_string().into_encoded_bytes());
        } else if kind.is_file() {
            found.insert(path.clone(), std::fs::read(&path).unwrap());
        }
    }
    found
}

/// Three hundred names: out of the folder, through links, onto what is there, longer than any file system takes.
fn names(inside: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = Vec::new();
    let there = ["there.txt", "link-to-there", "link-to-nowhere", "link-to-folder", "folder", "pipe", "link-out", "no/such/folder/x"];
    let ways = ["", "./", "../outbox/", "folder/../", "./././", "link-to-folder/../"];
    for way in ways {
        all.extend(there.iter().map(|name| inside.join(format!("{way}{name}"))));
    }
    all.extend(["/dev/full", "/dev/null", "/proc/self/mem", "/dev/stdin", "", ".", "..", "/"].map(PathBuf::from));
    all.extend((0..120).map(|n| inside.join("x".repeat(200 + n))));
    all.extend((0..60).map(|n| inside.join(format!("{}{n}", "é".repeat(100 + n)))));
    let odd =
        ["a\nb", "a\tb", "-rf", "--force", "~", "$HOME", "`id`", "a;b", "a|b", "*", "?", "a\u{202e}b", "CON", "a\\b", " ", "a\u{1b}[31m"];
    all.extend(odd.iter().flat_map(|name| [inside.join(name), inside.join(format!("{name}.csv"))]));
    all.extend((0..40).map(|n| inside.join("../".repeat(n)).join("outbox-that-is-not/x")));
    all
}

#[test]
fn t36_no_name_leads_a_file_astray_or_over_another() {
    let folder = tempfile::tempdir().unwrap();
    let (outside, inside) = (folder.path().join("outside"), folder.path().join("outbox"));
    std::fs::create_dir(&outside).unwrap();
    std::fs::create_dir_all(inside.join("folder")).unwrap();
    std::fs::write(outside.join("precious.txt"), "precious").unwrap();
    std::fs::write(inside.join("there.txt"), "there").unwrap();
    std::fs::write(inside.join("folder/kept.txt"), "kept").unwrap();
    symlink("there.txt", inside.join("link-to-there")).unwrap();
    symlink("nowhere.txt", inside.join("link-to-nowhere")).unwrap();
    symlink("folder", inside.join("link-to-folder")).unwrap();
    symlink("../outside/precious.txt", inside.join("link-out")).unwrap();
    rustix::fs::mknodat(rustix::fs::CWD, inside.join("pipe"), rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR, 0).unwrap();
    let world = World::council();
    let names = names(&inside);
    assert!(names.len() >= 300, "{}", names.len());
    let (mut tried, mut astray, mut overwritten, mut made) = (0, 0, 0, 0);
    for name in &names {
        for way in 0..3 {
            let before = everything(folder.path());
            let done: Result<(), StoreError> = match way {
                0 => write_file(name, b"new", false),
                1 => write_folder(name, false, |filling| filling.put("data.csv", b"new")),
                // A database is made for a few of them only: it takes a while.
                _ if tried % 29 == 0 => backup(&world.path(), name, &mut |_, _| {}).map(drop),
                _ => continue,
            };
            tried += 1;
            let after = everything(folder.path());
            overwritten += before.iter().filter(|(path, held)| after.get(*path) != Some(held)).count();
            let new: Vec<&PathBuf> = after.keys().filter(|path| !before.contains_key(*path)).collect();
            let asked = std::path::absolute(name).unwrap_or_else(|_| name.clone());
            let meant = |path: &Path| {
                let whole = |path: &Path| {
                    path.parent().and_then(|folder| folder.canonicalize().ok()).map(|at| (at, path.file_name().map(Into::into)))
                };
                let one: Option<(PathBuf, Option<std::ffi::OsString>)> = whole(path);
                one.is_some() && one == whole(&asked) || path.parent().is_some_and(|parent| whole(parent) == whole(&asked))
            };
            match &done {
                Ok(()) => {
                    made += 1;
                    assert!(!new.is_empty(), "{name:?}: it says that it was written, and nothing is there");
                    astray += new.iter().filter(|path| !meant(path)).count();
                }
                Err(error) => {
                    assert!(error.to_string().ends_with('.') && error.to_string().len() > 20, "{name:?}: {error}");
                    assert_eq!(new, Vec::<&PathBuf>::new(), "{name:?}: refused, and something was left");
                }
            }
            for path in new.iter().rev() {
                let _ = std::fs::remove_file(path).or_else(|_| std::fs::remove_dir_all(path));
            }
        }
    }
    rely::line(&serde_json::json!({"test": "T36", "names": names.len(), "tries": tried, "made": made, "astray": astray,
        "overwritten": overwritten}));
    assert_eq!((astray, overwritten), (0, 0));
    assert!(made > 50, "names that are only odd are taken: {made}");
}
