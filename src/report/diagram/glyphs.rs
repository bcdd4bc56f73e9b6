//! The small signs inside pills, as paths in the language of SVG. Each stands in a square of 14 units.

/// Encrypted; a line.
pub const LOCK: &str = "M2.500 6h9v6.500h-9zM4.500 6V4.200a2.500 2.500 0 0 1 5 0V6";

/// Not encrypted; a line.
pub const OPEN_LOCK: &str = "M2.500 6.500h9v6h-9zM4.500 6.500V4a2.500 2.500 0 0 1 4.700-1.200";

/// A wait: a filled triangle with a mark cut out of it (rule: even-odd).
pub const SLOW: &str = "M7 1l6.500 12H.500zM6.300 5.500v3.700h1.400V5.500zM6.300 10.100v1.400h1.400v-1.400z";

/// A clock that is wrong; a line.
pub const CLOCK: &str = "M7 1.800a5.200 5.200 0 1 0 0 10.400A5.200 5.200 0 1 0 7 1.800zM7 4v3.200h2.400";
