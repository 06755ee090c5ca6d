//! Every framework at hand: the built-in ones, and whole files of a council's own beside or instead of them.
//!
//! Files replace frameworks whole, never field by field, so that one file can be read from top to bottom and believed.
//! Built-in texts are parsed only when somebody asks for them; a folder is read once, when the catalog is opened.

use super::problem::ProfileError;
use super::{builtin, parse};
use crate::domain::framework::Framework;
use crate::domain::near::near_miss;
use std::path::Path;

/// The frameworks a person can choose from.
#[derive(Debug, Default)]
pub struct Catalog {
    own: Vec<Own>,
    faults: Vec<Fault>,
}

/// A council's own profile.
#[derive(Debug)]
struct Own {
    file: String,
    text: String,
    framework: Framework,
}

/// A file of the user folder that cannot be used; the others can.
#[derive(Debug)]
pub struct Fault {
    /// Id the file would have replaced or added, where it says one.
    pub id: Option<String>,
    /// Everything that is wrong, with the file's name.
    pub error: ProfileError,
}

/// One line of the list of frameworks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Id.
    pub id: String,
    /// Version.
    pub version: u32,
    /// Title.
    pub title: String,
    /// Whose it is.
    pub short_name: String,
    /// What kind of framework it is.
    pub summary: String,
    /// Where it comes from.
    pub source: Source,
}

/// Where a framework comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// With the program.
    BuiltIn,
    /// From this file of the user folder.
    Added(String),
    /// From this file of the user folder, instead of the built-in one with the same id.
    Replaces(String),
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Source::BuiltIn => write!(f, "built in"),
            Source::Added(file) => write!(f, "own file {file}"),
            Source::Replaces(file) => write!(f, "own file {file}, instead of the built-in one"),
        }
    }
}

impl Catalog {
    /// The built-in frameworks alone; costs nothing.
    pub fn built_in() -> Catalog {
        Catalog::default()
    }

    /// The built-in frameworks and every `.toml` file of a folder, in the order of their names; what is wrong with a
    /// file, or with the folder, becomes a [`Fault`].
    pub fn open(folder: Option<&Path>) -> Catalog {
        let mut catalog = Catalog::built_in();
        let Some(folder) = folder else { return catalog };
        let files = match toml_files(folder) {
            Ok(files) => files,
            Err(error) => {
                let what = format!("the folder of your own frameworks cannot be read ({error}). The built-in ones can be used.");
                let error = ProfileError::whole(&folder.display().to_string(), what, None);
                catalog.faults.push(Fault { id: None, error });
                return catalog;
            }
        };
        for path in files {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match std::fs::read_to_string(&path) {
                Ok(text) => catalog.add(file, text),
                Err(error) => {
                    let error = ProfileError::whole(&file, format!("the file cannot be read ({error})."), None);
                    catalog.faults.push(Fault { id: None, error });
                }
            }
        }
        catalog
    }

    /// Adds or replaces one framework by a text of the council's own.
    pub fn add(&mut self, file: String, text: String) {
        match parse(&text, &file) {
            Err(error) => self.faults.push(Fault { id: id_of(&text), error }),
            Ok(framework) => match self.own.iter().find(|own| own.framework.id == framework.id) {
                Some(first) => {
                    let what = format!("this has the id \"{}\", which {} has too. Only that one is used.", framework.id, first.file);
                    self.faults.push(Fault { id: None, error: ProfileError::whole(&file, what, None) });
                }
                None => self.own.push(Own { file, text, framework }),
            },
        }
    }

    /// What could not be used.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Every id: the built-in ones in their order, then the council's own.
    pub fn ids(&self) -> Vec<&str> {
        let built_in = builtin().iter().map(|(id, _)| *id);
        let own = self.own.iter().map(|own| own.framework.id.as_str()).filter(|id| built_in_text(id).is_none());
        built_in.chain(own).collect()
    }

    /// Every framework that can be used, with its title and where it comes from.
    pub fn list(&self) -> Vec<Listing> {
        let listing = |id: &str| {
            let framework = self.framework(id).ok()?;
            let Framework { id, version, title, short_name, summary, .. } = framework;
            Some(Listing { source: self.source(&id), id, version, title, short_name, summary })
        };
        self.ids().into_iter().filter_map(listing).collect()
    }

    /// The text of a framework, as it is frozen with the records made under it.
    pub fn text(&self, id: &str) -> Option<&str> {
        let own = self.own.iter().find(|own| own.framework.id == id).map(|own| own.text.as_str());
        own.or_else(|| built_in_text(id).filter(|_| self.fault_of(id).is_none()))
    }

    /// A framework by its id. A council's own file that is meant to replace a built-in framework but is wrong is
    /// refused, never silently passed over: its reviews would run under rules the council has left.
    pub fn framework(&self, id: &str) -> Result<Framework, ProfileError> {
        if let Some(own) = self.own.iter().find(|own| own.framework.id == id) {
            return Ok(own.framework.clone());
        }
        if let Some(fault) = self.fault_of(id) {
            return Err(fault.error.clone());
        }
        match built_in_text(id) {
            Some(text) => parse(text, &format!("{id}.toml (built in)")),
            None => {
                let known = self.ids();
                let what = format!("there is no framework \"{id}\". Known are {}.", known.join(", "));
                Err(ProfileError::whole("frameworks", what, near_miss(id, known)))
            }
        }
    }

    /// Where a framework comes from.
    pub fn source(&self, id: &str) -> Source {
        match self.own.iter().find(|own| own.framework.id == id) {
            None => Source::BuiltIn,
            Some(own) if built_in_text(id).is_some() => Source::Replaces(own.file.clone()),
            Some(own) => Source::Added(own.file.clone()),
        }
    }

    fn fault_of(&self, id: &str) -> Option<&Fault> {
        self.faults.iter().find(|fault| fault.id.as_deref() == Some(id))
    }
}

fn built_in_text(id: &str) -> Option<&'static str> {
    builtin().iter().find(|(known, _)| *known == id).map(|(_, text)| *text)
}

fn toml_files(folder: &Path) -> std::io::Result<Vec<std::path::PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")) && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The id a wrong file gives itself, so that it is known what it was meant to replace.
fn id_of(text: &str) -> Option<String> {
    let (table, _) = toml::de::DeTable::parse_recoverable(text);
    table.get_ref().get("id").and_then(|value| value.get_ref().as_str()).map(str::to_string)
}
