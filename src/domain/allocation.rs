//! Who may review a case, and a balanced proposal.
