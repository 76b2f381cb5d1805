package dev.smartdispatcher.e2e.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The classes that a program loaded, by the log of Java, {@code -Xlog:class+load}. Without those that Java makes itself: proxies,
 * lambdas, accessors.
 *
 * @param archived those that came out of an archive
 * @param others all other ones
 */
record LoadedClasses(SortedSet<String> archived, SortedSet<String> others) {
    private static final Pattern LINE = Pattern.compile("\\[class,load] (\\S+) source: (.*)");
    private static final Pattern MADE =
            Pattern.compile("Lambda|LambdaForm|[$]Proxy|/0x|Generated\\w+Accessor|jdk[.]internal[.]event");

    /** Of more than five thousand: what differs by machine and by chance. */
    private static final int MOST_OTHERS = 150;

    static LoadedClasses of(Path log) throws IOException {
        var loaded = new LoadedClasses(new TreeSet<>(), new TreeSet<>());
        for (var line : Files.readAllLines(log)) {
            var matcher = LINE.matcher(line);
            if (matcher.find() && !MADE.matcher(matcher.group(1)).find()) {
                (matcher.group(2).startsWith("shared objects file") ? loaded.archived : loaded.others)
                        .add(matcher.group(1).replace('.', '/'));
            }
        }
        return loaded;
    }

    /** Compares with the list of those to be archived, or adds to it. */
    void areIn(Path list) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            var all = new TreeSet<>(archived);
            all.addAll(others);
            Files.write(list, all);
            return;
        }
        assertThat(archived).hasSizeGreaterThan(4000);
        assertThat(List.copyOf(others))
                .as("not in the archive: mvn -Pimages verify -Dgolden.update=true writes the list anew")
                .hasSizeLessThan(MOST_OTHERS);
    }
}
