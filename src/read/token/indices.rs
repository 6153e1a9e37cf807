//! In: the pieces of all lines. Out: the same without the numbers that data frames put before their rows (`0,规章,3,0,7`) and
//! above their columns. It knows no row of the form.

use super::{Content, Piece, Pieces};

/// So many rows are counted at the least, from zero on; more where spaces alone part the number from its row, whose value it
/// could be, and fewer below numbered columns.
const LEAST_ROWS: usize = 3;
const LEAST_LOOSE_ROWS: usize = 8;
/// A table has so many columns at the least.
const LEAST_COLUMNS: usize = 4;

/// Makes text of what counts rows and columns.
pub(super) fn drop_indices(pieces: &mut Pieces) {
    let mut line = 0;
    while line < pieces.lines.len() {
        // Most lines do not begin with a zero.
        if pieces.pieces.get(pieces.lines[line].pieces.start).and_then(number) != Some(0) {
            line += 1;
            continue;
        }
        let counted =
            (line..pieces.lines.len()).zip(0..).take_while(|(line, row)| is_counted(pieces, *line, *row)).count();
        let head = line.checked_sub(1).filter(|head| are_columns(pieces, *head));
        let least = match head {
            Some(head) if is_head(pieces, head) => 1,
            _ if pieces.lines[line].explicit => LEAST_ROWS,
            _ => LEAST_LOOSE_ROWS,
        };
        if counted >= least {
            for line in line..line + counted {
                let first = pieces.lines[line].pieces.start;
                pieces.pieces[first].content = Content::Text;
            }
            if let Some(head) = head {
                drop_columns(pieces, head);
            }
        } else if is_head(pieces, line) && !is_counted(pieces, line + 1, 0) {
            drop_columns(pieces, line);
        }
        line += counted.max(1);
    }
}

fn drop_columns(pieces: &mut Pieces, head: usize) {
    let columns = pieces.lines[head].pieces.clone();
    pieces.pieces[columns].iter_mut().for_each(|piece| piece.content = Content::Text);
}

/// Whether a line counts its fields from zero on, and holds nothing else.
fn are_columns(pieces: &Pieces, line: usize) -> bool {
    let columns = &pieces.pieces[pieces.lines[line].pieces.clone()];
    columns.iter().zip(0..).all(|(piece, column)| number(piece) == Some(column))
}

/// Whether it counts as many as the columns of a table, above a line with text and no figure but the row's number.
fn is_head(pieces: &Pieces, line: usize) -> bool {
    let of_line = |line: usize| pieces.lines.get(line).map_or(&[][..], |line| &pieces.pieces[line.pieces.clone()]);
    let below = of_line(line + 1);
    let texts = if is_counted(pieces, line + 1, 0) { below.get(1..).unwrap_or_default() } else { below };
    let titles = !texts.is_empty() && texts.iter().all(|piece| piece.content == Content::Text);
    of_line(line).len() >= LEAST_COLUMNS && titles && are_columns(pieces, line)
}

fn number(piece: &Piece) -> Option<u64> {
    match piece.content {
        Content::Figure(figure) => figure.count(),
        _ => None,
    }
}

/// Whether a line begins with its own number, and holds more.
fn is_counted(pieces: &Pieces, line: usize, row: u64) -> bool {
    let Some(line) = pieces.lines.get(line) else { return false };
    let is_first =
        |first: &Piece| if line.explicit { line.fields > 1 && first.field == 0 } else { line.pieces.len() > 1 };
    pieces.pieces[line.pieces.clone()].first().filter(|first| is_first(first)).and_then(number) == Some(row)
}

#[cfg(test)]
mod tests {
    use super::LEAST_LOOSE_ROWS;
    use crate::read::text::lines;
    use crate::read::token::{Content, pieces};

    fn figures(text: &str) -> usize {
        let cut = pieces(text, &lines(text), 0..text.len()).pieces;
        cut.iter().filter(|p| matches!(p.content, Content::Figure(_))).count()
    }

    #[test]
    fn numbers_of_rows_and_columns() {
        assert_eq!(figures("\t0\t1\t2\n0\t规章\t4\t0\n1\t许可\t5\n2\t处罚\t6\n"), 4);
        assert_eq!(figures("| | 0 | 1 |\n| 0 | 规章 | 4 |\n| 1 | 许可 | 5 |\n| 2 | 处罚 | 6 |\n"), 3);
        assert_eq!(figures("0\t规章\t4\n1\t许可\t5\n3\t处罚\t6\n"), 6);
        assert_eq!(figures("1\t规章\t4\n2\t许可\t5\n3\t处罚\t6\n"), 6);
        assert_eq!(figures("0\t规章\n1\t许可\n"), 2);
        assert_eq!(figures("0\t规章\n1\t许可\n2\t处罚\n"), 0);
        assert_eq!(figures("0,1,2,3\n规章,规章,规章,规章\n规章,4,5,6\n许可,1,,\n处罚,2,,\n"), 5);
        assert_eq!(figures("   0     1     2     3\n0  规章  制发  废止  现行\n1  规章  4  5  6\n"), 3);
        assert_eq!(figures("0 1 2 3\n规章 制发 废止 现行\n"), 0);
        assert_eq!(figures("0 1 2 3\n规章 4\n"), 5);
        assert_eq!(figures("0 1 2\n规章 制发 废止\n"), 3);
        let loose = |rows: usize| (0..rows).map(|row| row.to_string() + " 规章\n").collect::<String>();
        assert_eq!(figures(&loose(LEAST_LOOSE_ROWS)), 0);
        assert_eq!(figures(&loose(LEAST_LOOSE_ROWS - 1)), LEAST_LOOSE_ROWS - 1);
    }
}
