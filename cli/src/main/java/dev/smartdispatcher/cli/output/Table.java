package dev.smartdispatcher.cli.output;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A table as kubectl prints it: no borders, a line for each row, whatever its width. */
public final class Table<T> {
    private static final int ANY_WIDTH = 10_000;
    private static final Pattern END = Pattern.compile("\\s+$");
    /** One line stays one line, and nothing that a cluster says moves the cursor. */
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private final List<Column> headers = new ArrayList<>();
    private final List<Function<T, String>> cells = new ArrayList<>();
    private int painted = -1;

    /** One more column; an empty or unknown (null) cell is shown as {@code -}. */
    public Table<T> column(String header, Function<T, ?> cell) {
        headers.add(new Column()
                .header(header)
                .headerAlign(HorizontalAlign.LEFT)
                .dataAlign(HorizontalAlign.LEFT)
                .maxWidth(ANY_WIDTH, OverflowBehaviour.CLIP_RIGHT));
        cells.add(row -> text(cell.apply(row)));
        return this;
    }

    /** One more column, whose words are painted where colours are wanted. */
    public Table<T> state(String header, Function<T, String> cell) {
        painted = headers.size();
        return column(header, cell);
    }

    /** A copy with one more column. */
    public Table<T> with(String header, Function<T, ?> cell) {
        var copy = new Table<T>();
        copy.headers.addAll(headers);
        copy.cells.addAll(cells);
        copy.painted = painted;
        return copy.column(header, cell);
    }

    /** The lines, the header first. */
    public List<String> lines(List<T> rows, Paint paint) {
        var data = rows.stream()
                .map(row -> cells.stream().map(cell -> cell.apply(row)).toArray(Object[]::new))
                .toArray(Object[][]::new);
        var lines = AsciiTable.getTable(AsciiTable.NO_BORDERS, headers.toArray(Column[]::new), data)
                .lines()
                .filter(line -> !line.isBlank())
                .map(Table::trimmed)
                .collect(Collectors.toCollection(ArrayList::new));
        if (painted >= 0) {
            int column = lines.get(0).indexOf(headers.get(painted).getHeader());
            for (int i = 1; i < lines.size(); i++) {
                var state = (String) data[i - 1][painted];
                var line = lines.get(i);
                lines.set(i, line.substring(0, column) + paint.state(state) + line.substring(column + state.length()));
            }
        }
        return lines;
    }

    private static String trimmed(String line) {
        return END.matcher(line.startsWith(" ") ? line.substring(1) : line).replaceAll("");
    }

    private static String text(Object cell) {
        return cell == null || cell.toString().isEmpty()
                ? "-"
                : CONTROL.matcher(cell.toString()).replaceAll(" ");
    }
}
