//! The little linear algebra that Newton's method needs, summed in a fixed order.

/// A matrix, row by row; of a symmetric one the lower triangle counts.
#[derive(Clone, Debug)]
pub(super) struct Matrix {
    columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    pub(super) fn new(rows: usize, columns: usize) -> Self {
        Self { columns, values: vec![0.0; rows * columns] }
    }

    #[inline]
    pub(super) fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.columns..(row + 1) * self.columns]
    }

    #[inline]
    pub(super) fn row_mut(&mut self, row: usize) -> &mut [f64] {
        &mut self.values[row * self.columns..(row + 1) * self.columns]
    }

    #[inline]
    pub(super) fn add(&mut self, row: usize, column: usize, value: f64) {
        self.values[row * self.columns + column] += value;
    }

    /// Fixes one unknown of a symmetric system: its row becomes the identity's, and what it
    /// takes part in goes to the other side.
    pub(super) fn fix(&mut self, vector: &mut [f64], index: usize, value: f64) {
        for row in 0..self.columns {
            let (row, column) = (row.max(index), row.min(index));
            let other = if row == index { column } else { row };
            vector[other] -= self.values[row * self.columns + column] * value;
        }
        vector[index] = value;
        self.row_mut(index).fill(0.0);
        for row in index..self.columns {
            self.values[row * self.columns + index] = 0.0;
        }
        self.values[index * self.columns + index] = 1.0;
    }
}

/// Solves a symmetric, positive definite system in place, by Cholesky's method; none where
/// the matrix is not positive definite.
pub(super) fn solve(matrix: &mut Matrix, vector: &mut [f64]) -> Option<()> {
    let size = vector.len();
    let mut below = vec![0.0; size];
    for column in 0..size {
        let pivot = matrix.row(column)[column];
        if pivot.is_nan() || pivot <= 1e-12 {
            return None;
        }
        let diagonal = pivot.sqrt();
        matrix.row_mut(column)[column] = diagonal;
        for row in column + 1..size {
            let rest = &mut matrix.row_mut(row)[column..=row];
            rest[0] /= diagonal;
            below[row] = rest[0];
            add_scaled(&mut rest[1..], &below[column + 1..], -below[row]);
        }
    }
    for row in 0..size {
        let known = dot(&matrix.row(row)[..row], &vector[..row]);
        vector[row] = (vector[row] - known) / matrix.row(row)[row];
    }
    for row in (0..size).rev() {
        vector[row] /= matrix.row(row)[row];
        let value = vector[row];
        add_scaled(&mut vector[..row], &matrix.row(row)[..row], -value);
    }
    Some(())
}

// The loops below count, as iterators over two slices are called and not inlined where little
// is optimized, and they are most of what the model does.

/// The sum of products.
#[inline]
pub(super) fn dot(one: &[f64], other: &[f64]) -> f64 {
    let length = one.len().min(other.len());
    let (one, other) = (&one[..length], &other[..length]);
    let mut sum = 0.0;
    for at in 0..length {
        sum += one[at] * other[at];
    }
    sum
}

/// Adds a multiple of a vector.
#[inline]
pub(super) fn add_scaled(to: &mut [f64], vector: &[f64], scale: f64) {
    let length = to.len().min(vector.len());
    let (to, vector) = (&mut to[..length], &vector[..length]);
    for at in 0..length {
        to[at] += scale * vector[at];
    }
}

/// Sets a vector to the products of two others and a scale, and sums them.
#[inline]
pub(super) fn set_products(
    to: &mut [f64],
    one: &[f64],
    other: &[f64],
    scale: f64,
) -> f64 {
    let length = to.len();
    let (one, other) = (&one[..length], &other[..length]);
    let mut sum = 0.0;
    for at in 0..length {
        to[at] = scale * one[at] * other[at];
        sum += to[at];
    }
    sum
}

/// A sum of logarithms, taken of eight numbers at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Logs {
    sum: f64,
    product: f64,
    factors: u32,
}

impl Default for Logs {
    fn default() -> Self {
        Self { sum: 0.0, product: 1.0, factors: 0 }
    }
}

impl Logs {
    /// Adds `weight × log(value)`.
    #[expect(clippy::float_cmp, reason = "weights that are 1 are exactly 1")]
    pub(super) fn add(&mut self, value: f64, weight: f64) {
        if weight != 1.0 {
            self.sum += weight * libm::log(value);
            return;
        }
        self.product *= value;
        self.factors += 1;
        if self.factors == 8 {
            self.sum += libm::log(self.product);
            (self.product, self.factors) = (1.0, 0);
        }
    }

    /// The sum.
    pub(super) fn sum(self) -> f64 {
        self.sum + libm::log(self.product)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_positive_definite_system_is_solved() {
        let mut matrix = Matrix::new(3, 3);
        for (row, column, value) in
            [(0, 0, 4.0), (1, 0, 2.0), (1, 1, 5.0), (2, 0, 1.0), (2, 1, 3.0), (2, 2, 6.0)]
        {
            matrix.add(row, column, value);
        }
        let mut vector = [4.0 + 4.0 + 3.0, 2.0 + 10.0 + 9.0, 1.0 + 6.0 + 18.0];
        solve(&mut matrix, &mut vector).unwrap();
        for (value, expected) in vector.iter().zip([1.0, 2.0, 3.0]) {
            assert!((value - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn an_unknown_that_is_fixed_moves_the_others() {
        let mut matrix = Matrix::new(2, 2);
        matrix.add(0, 0, 4.0);
        matrix.add(1, 0, 2.0);
        matrix.add(1, 1, 5.0);
        // 4 x + 2 y = 8 with y = 1.
        let mut vector = [8.0, 100.0];
        matrix.fix(&mut vector, 1, 1.0);
        solve(&mut matrix, &mut vector).unwrap();
        assert!((vector[0] - 1.5).abs() < 1e-12 && (vector[1] - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_matrix_that_is_not_positive_definite_has_no_solution() {
        let mut matrix = Matrix::new(2, 2);
        matrix.add(0, 0, 1.0);
        matrix.add(1, 0, 2.0);
        matrix.add(1, 1, 1.0);
        assert!(solve(&mut matrix, &mut [1.0, 1.0]).is_none());
    }

    #[test]
    fn logs_add_up() {
        let mut logs = Logs::default();
        let values: Vec<f64> = (1..20).map(|n| 1e-9 / f64::from(n)).collect();
        for value in &values {
            logs.add(*value, 1.0);
        }
        logs.add(2.0, 3.0);
        let expected: f64 = values.iter().map(|value| libm::log(*value)).sum();
        assert!((logs.sum() - expected - 3.0 * libm::log(2.0)).abs() < 1e-9);
    }
}
