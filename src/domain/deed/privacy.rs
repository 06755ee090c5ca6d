//! What a person, or the program by itself, asks for about looking, keeping and erasing.

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrivacyDeed {
    /// Note in the journal how far the log of looks has come.
    NoteLooks {
        /// Rows of it.
        rows: i64,
        /// Hash of the last one, in hexadecimal.
        hash: String,
    },
}
