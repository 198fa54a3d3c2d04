//! Rows whose cells come one by one, from a sheet or a JSON record, as rows of a table.

use super::Row;

/// A row put together of cells.
#[derive(Debug, Default)]
pub struct Listed {
    text: String,
    ends: Vec<usize>,
}

impl Listed {
    /// Makes a row of cells, as wide as they are or as the header is.
    pub fn row<'a>(
        &mut self,
        line: u64,
        width: usize,
        cells: impl IntoIterator<Item = (usize, &'a str)>,
    ) -> Row<'_> {
        self.text.clear();
        self.ends.clear();
        for (column, cell) in cells {
            while self.ends.len() < column {
                self.ends.push(self.text.len());
            }
            self.text.push_str(cell);
            self.ends.push(self.text.len());
        }
        while self.ends.len() < width {
            self.ends.push(self.text.len());
        }
        Row { line, text: &self.text, ends: &self.ends }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_between_cells_are_empty_cells() {
        let mut listed = Listed::default();
        let row = listed.row(7, 5, [(1, "b"), (3, "d")]);
        assert_eq!(row.cells().collect::<Vec<_>>(), ["", "b", "", "d", ""]);
        assert_eq!(row.line, 7);
    }
}
