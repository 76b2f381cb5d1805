package dev.smartdispatcher.cli.smartbuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {
    private static final String POD = "zlib-17-bbbbb-2";
    private static final String TIME = "2026-12-01T10:30:0";

    @TempDir
    private Path directory;

    private FakeApi api;

    @BeforeEach
    void start() throws IOException {
        api = FakeApi.of(Typed.FARM);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void standardOutputHasTheLogAlone() throws IOException {
        api.log("zlib-17-bbbbb-1", CommandLinePageTest.log("one", "", "two"));
        api.log(POD, CommandLinePageTest.log("three"));
        var logs = Typed.at(api, directory, "logs zlib-17");
        assertThat(logs.status()).isZero();
        assertThat(logs.out()).isEqualTo("one\n\ntwo\nthree\n");
        assertThat(logs.err())
                .contains(
                        "--- attempt 1 on node-3",
                        "--- attempt 2 ended: BuildFailed, the command ended with exit code 2");
        assertThat(Typed.at(api, directory, "logs zlib-17 --attempt 2").out()).isEqualTo("three\n");
        assertThat(Typed.at(api, directory, "logs zlib-17 --attempt 3").err())
                .isEqualTo("error: no attempt 3 of zlib-17: it has 2\n");
    }

    @Test
    void theTailIsAskedOfTheApiServer() throws IOException {
        api.log(POD, CommandLinePageTest.log("last"));
        Typed.at(api, directory, "logs zlib-17 --attempt 2 --tail 7 -c prepare");
        assertThat(api.requests())
                .anyMatch(request -> request.contains(POD + "/log?")
                        && request.contains("tailLines=7")
                        && request.contains("container=prepare"));
    }

    @Test
    void anEndThatIsLeftOfALogIsPrinted() throws IOException {
        var logs = Typed.at(api, directory, "logs zlib-17 --attempt 2");
        assertThat(logs.status()).isEqualTo(1);
        assertThat(logs.out()).isEqualTo("minigzip: test failed\nmake: *** [Makefile:171: check] Error 1\n");
        assertThat(logs.err()).contains("the log of attempt 2 cannot be had from its pod " + POD);
    }

    @Test
    void aJobThatWaitsHasNoLog() throws IOException {
        assertThat(Typed.at(api, directory, "logs curl-8").err())
                .contains("curl-8 has not been dispatched yet: kubectl smart-build why curl-8");
    }

    @Test
    void aFollowedLogIsResumedWhereItsConnectionBroke() throws IOException {
        var asked = new AtomicInteger();
        api.log(POD, (query, to) -> {
            if (asked.getAndIncrement() == 0) {
                // In the middle of a line, and of what was announced.
                write(to, TIME + "1Z one\n" + TIME + "2Z two\n" + TIME + "3Z thr");
                to.flush();
                throw new IOException("the connection breaks");
            }
            assertThat(query).contains("sinceTime=" + TIME + "2Z");
            write(to, TIME + "2Z two\n" + TIME + "3Z three\n" + TIME + "3.5Z four\n");
        });
        var logs = Typed.at(api, directory, "logs -f zlib-17 --attempt 2");
        assertThat(logs.out()).isIn("one\ntwo\nthr\nthree\nfour\n", "one\ntwo\nthree\nfour\n");
    }

    /** Two hundred MiB: while nobody reads on, nothing more is taken of the API server than a few buffers hold. */
    @Test
    void aLongLogIsNotHeldInMemory() throws Exception {
        var line = (TIME + "1.000000000Z " + "x".repeat(1000) + "\n").getBytes(StandardCharsets.UTF_8);
        int lines = 200 << 10;
        var written = new AtomicLong();
        api.log(POD, (query, to) -> {
            for (int i = 0; i < lines; i++) {
                to.write(line);
                written.addAndGet(line.length);
            }
        });
        var reader = new SlowReader();
        var arguments = new String[] {"logs", "zlib-17", "--attempt=2", "--kubeconfig=" + api.kubeconfig(directory)};
        var command = new Thread(() -> SmartBuild.commandLine(reader, new ByteArrayOutputStream(), Typed.NOON)
                .execute(arguments));
        command.start();
        reader.begun.await();
        long before;
        do {
            before = written.get();
            command.join(500);
        } while (written.get() > before);
        assertThat(before).as("bytes that were sent before anybody read on").isLessThan(32L << 20);
        reader.goOn.countDown();
        command.join();
        assertThat(reader.bytes.get()).isEqualTo(lines * 1001L);
    }

    /** Blocks at the first bytes until it is told to go on. */
    private static final class SlowReader extends OutputStream {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final AtomicLong bytes = new AtomicLong();

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int from, int length) {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            bytes.addAndGet(length);
        }
    }

    @Test
    void aLineOfAnyLengthAndBytesOfAnyKindAreCopied() throws IOException {
        var text = "ä\u0000€".repeat(100_000);
        api.log(POD, (query, to) -> {
            write(to, TIME + "1Z " + text + "\nwithout a time\n" + TIME + "2Z no end");
        });
        assertThat(Typed.at(api, directory, "logs zlib-17 --attempt 2").out())
                .isEqualTo(text + "\nwithout a time\nno end");
    }

    @Test
    void whoeverStopsReadingEndsIt() throws IOException {
        api.log(POD, CommandLinePageTest.log("one"));
        var closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        var err = new ByteArrayOutputStream();
        int status = SmartBuild.commandLine(closed, err, Typed.NOON)
                .execute("logs", "zlib-17", "--attempt=2", "--kubeconfig=" + api.kubeconfig(directory));
        assertThat(status).isEqualTo(141);
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("error");
    }

    private static void write(OutputStream to, String text) throws IOException {
        to.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
