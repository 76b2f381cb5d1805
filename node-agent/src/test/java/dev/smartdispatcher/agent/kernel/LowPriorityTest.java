package dev.smartdispatcher.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LowPriorityTest {
    private static final Executor A_THREAD_OF_ITS_OWN = task -> new Thread(task).start();

    @Test
    void isOfOneThreadOnly() {
        int before = niceness();
        var nice = CompletableFuture.supplyAsync(
                () -> {
                    LowPriority.ofThisThread();
                    return niceness();
                },
                A_THREAD_OF_ITS_OWN);
        assertThat(nice.join()).isEqualTo(19);
        assertThat(niceness()).isEqualTo(before);
    }

    /** Of the calling thread: the 19th field of its stat (proc(5)); the second, its name, is in brackets. */
    private static int niceness() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
