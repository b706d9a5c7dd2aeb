//! How much memory does the process take by now?

/// Millions of bytes of memory; 0 where the system does not tell.
pub(super) fn megabytes() -> usize {
    // Pages of this size are what every Linux for which the program is built counts in, or smaller than those.
    const PAGE: usize = 4096;
    let line = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    line.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap_or(0).saturating_mul(PAGE) / 1_000_000
}
