//! Calls that the kernel refuses this program from here on (seccomp). It is a list of what is refused, not of what is
//! allowed: the machine's own libraries, which look up users and mail servers for us, call what they like and change.

use libc::c_long;
use seccompiler::{
    Error, SeccompAction, SeccompCmpArgLen as Len, SeccompCmpOp as Op, SeccompCondition, SeccompFilter, SeccompRule, TargetArch,
    apply_filter,
};
use std::collections::BTreeMap;

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Refused whatever their arguments: starting programs, looking into other processes, other namespaces, and ways around what is
/// refused here (io_uring). What only an administrator may do is not among them: the program never is one, and the kernel
/// looks at every entry for every call there is when it takes the list, at each start.
const NEVER: &[c_long] = &[
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_send_signal,
    libc::SYS_kcmp,
    libc::SYS_tkill,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    libc::SYS_personality,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_open_by_handle_at,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_fork,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_vfork,
];

/// Calls of the x32 world pass the same gate on x86-64 under numbers of their own, with this bit: there no program is started and
/// no process made either (clone, fork, vfork, execve, ptrace, execveat).
const X32: i64 = 0x4000_0000;
const X32_CALLS: [i64; 6] = [56, 57, 58, 520, 521, 545];

/// Refuses them for this thread and every thread it starts. Without `network` no socket but the machine's own may be made.
pub fn confine(network: bool) -> Result<(), Error> {
    let arch = TargetArch::try_from(std::env::consts::ARCH)?;
    apply(refused(network)?, libc::EPERM, arch)?;
    // A thread is started by clone3 where there is one. Its flags lie in memory, where no filter can read them: said not to be
    // there, the C library goes back to clone.
    apply(BTreeMap::from([(libc::SYS_clone3, Vec::new())]), libc::ENOSYS, arch)
}

fn apply(rules: Rules, answer: i32, arch: TargetArch) -> Result<(), Error> {
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, SeccompAction::Errno(answer.unsigned_abs()), arch)?;
    let program: seccompiler::BpfProgram = filter.try_into()?;
    apply_filter(&program)
}

fn refused(network: bool) -> Result<Rules, Error> {
    let mut rules: Rules = NEVER.iter().map(|call| (*call, Vec::new())).collect();
    let own = u64::from(rustix::process::getpid().as_raw_nonzero().get().unsigned_abs());
    let is = |argument, op, value| SeccompCondition::new(argument, Len::Dword, op, value);
    let when = |conditions| SeccompRule::new(conditions);
    // No process of its own, only threads.
    let thread = libc::CLONE_THREAD.unsigned_abs().into();
    rules.insert(libc::SYS_clone, vec![when(vec![is(0, Op::MaskedEq(thread), 0)?])?]);
    // No signal to anybody else; asking whether a process is there (signal 0) is none.
    rules.insert(libc::SYS_kill, vec![when(vec![is(0, Op::Ne, own)?, is(1, Op::Ne, 0)?])?]);
    for call in [libc::SYS_tgkill, libc::SYS_rt_sigqueueinfo, libc::SYS_rt_tgsigqueueinfo] {
        rules.insert(call, vec![when(vec![is(0, Op::Ne, own)?])?]);
    }
    // Nothing typed into the terminal in the person's name: a shell may read it afterwards.
    let typing = |call: u64| when(vec![is(1, Op::Eq, call)?]);
    rules.insert(libc::SYS_ioctl, vec![typing(libc::TIOCSTI)?, typing(0x541C)?]);
    if !network {
        let unix = libc::AF_UNIX.unsigned_abs().into();
        rules.insert(libc::SYS_socket, vec![when(vec![is(0, Op::Ne, unix)?])?]);
    }
    if cfg!(target_arch = "x86_64") {
        rules.extend(X32_CALLS.map(|call| (call | X32, Vec::new())));
    }
    Ok(rules)
}
