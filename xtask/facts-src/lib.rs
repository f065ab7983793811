//! Nothing to see: this package exists for its lock file alone.
