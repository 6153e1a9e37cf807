//! For whoever fills in a form by hand or program: zeros and totals, in cells that say nothing yet.
//! Reading never comes here: it marks what it infers.

use super::{Amount, Cell, Report, Slot, SlotMut, Unit};
use crate::form::{Equation, Rule};

impl Report {
    /// Reports zero in every cell that says nothing yet ([absent](Cell::Absent) or [blank](Cell::Blank)) and is no total:
    /// most cells of most reports are zero. Totals are left to [`compute_totals`](Report::compute_totals).
    ///
    /// # Examples
    /// ```
    /// use xxgk::{Cell, Edition, Report};
    /// let mut report = Report::new(Edition::V2021);
    /// report.requests.new_received.natural_person = Cell::from(4);
    /// report.fill_zeros();
    /// assert_eq!(report.requests.new_received.natural_person, Cell::from(4));
    /// assert_eq!(report.requests.new_received.business, Cell::from(0));
    /// assert_eq!(report.requests.new_received.total, Cell::Absent);
    /// ```
    pub fn fill_zeros(&mut self) {
        let form = self.edition.form();
        let totals: Vec<usize> = form.equations.iter().filter_map(total).collect();
        for (i, slot) in self.slots_mut().into_iter().enumerate() {
            match slot {
                _ if totals.contains(&i) => {}
                SlotMut::Count(cell) => fill(cell, 0),
                SlotMut::Change(cell) => fill(cell, 0),
                SlotMut::Amount(cell) => {
                    // Fees are asked for in 万元; the amount of procurement names its unit itself.
                    let fees = form.paths[i].row == "fees";
                    if let Some(zero) = Amount::new("0", fees.then_some(Unit::TenThousandYuan)) {
                        fill(cell, zero);
                    }
                }
            }
        }
    }

    /// Reports the sum in every total of tables 2 and 3 that says nothing yet ([absent](Cell::Absent) or
    /// [blank](Cell::Blank)), where each summand has a figure. What is there is never overwritten, right or wrong, and
    /// nothing is drawn from the balance: what is carried forward is for the office to say.
    ///
    /// # Examples
    /// ```
    /// use xxgk::{Cell, Edition, Report};
    /// let mut report = Report::new(Edition::V2021);
    /// report.requests.outcomes.granted.natural_person = Cell::from(3);
    /// report.requests.outcomes.granted.total = Cell::from(5); // wrong, but stated
    /// report.fill_zeros();
    /// report.compute_totals();
    /// assert_eq!(report.requests.outcomes_total.natural_person, Cell::from(3));
    /// assert_eq!(report.requests.outcomes.granted.total, Cell::from(5));
    /// ```
    pub fn compute_totals(&mut self) {
        let form = self.edition.form();
        for equation in &form.equations {
            let Some(total) = total(equation) else { continue };
            let slots = self.slots();
            let sum = equation.right.iter().try_fold(0_u64, |sum, i| sum.checked_add(count(slots.get(*i)?)?));
            if let (Some(sum), Some(SlotMut::Count(cell))) = (sum, self.slots_mut().into_iter().nth(total)) {
                fill(cell, sum);
            }
        }
    }
}

/// The total that an equation is about; none for the balance.
fn total(equation: &Equation) -> Option<usize> {
    if equation.rule == Rule::Balance { None } else { equation.left.first().copied() }
}

fn count(slot: &Slot<'_>) -> Option<u64> {
    if let Slot::Count(cell) = slot { cell.value().copied() } else { None }
}

fn fill<T>(cell: &mut Cell<T>, value: T) {
    if matches!(cell, Cell::Absent | Cell::Blank) {
        *cell = Cell::from(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Edition;

    #[test]
    fn a_filled_form_has_every_figure_and_every_sum_holds() {
        for edition in Edition::ALL {
            let mut report = Report::new(edition);
            report.requests.new_received.business = Cell::from(7);
            report.requests.outcomes.granted.business = Cell::from(7);
            report.fill_zeros();
            report.compute_totals();
            assert!(report.cells().all(|(_, cell)| cell.value().is_some()));
            assert_eq!(report.requests.outcomes_total.total, Cell::from(7));
            let before = report.clone();
            report.compute_totals();
            assert_eq!(report, before);
        }
    }

    #[test]
    fn a_total_is_computed_only_where_each_summand_has_a_figure() {
        let mut report = Report::new(Edition::V2021);
        report.fill_zeros();
        report.requests.new_received.business = Cell::NotApplicable;
        report.requests.carried_over.business = Cell::from(u64::MAX);
        report.requests.carried_over.other = Cell::from(1);
        report.compute_totals();
        assert_eq!(report.requests.new_received.total, Cell::Absent);
        assert_eq!(report.requests.carried_over.total, Cell::Absent);
        assert_eq!(report.requests.carried_forward.total, Cell::from(0));
    }
}
