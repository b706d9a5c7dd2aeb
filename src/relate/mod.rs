//! What belongs together? Units with their category, bodies, citations and figures.
