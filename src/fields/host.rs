//! Host names: when two of them are the same, and which organisation they belong to.
