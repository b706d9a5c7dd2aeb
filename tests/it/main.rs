//! What the program as a whole must do.

mod store; // a report enters, is replaced and leaves; a killed process harms nothing
