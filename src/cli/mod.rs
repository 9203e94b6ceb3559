//! Arguments into answers, without a window.
