//! What are the parts of the report, and what does each statement do in it? Text to headings, statements and roles.
