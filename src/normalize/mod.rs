//! Cells and a format become records and rejections.
