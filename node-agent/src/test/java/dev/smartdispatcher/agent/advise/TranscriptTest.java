package dev.smartdispatcher.agent.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.agent.advisor.Host;
import dev.smartdispatcher.agent.probe.FixtureMachine;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The page shows what is really asked and said about a recorded machine; {@code -Dgolden.update=true} writes it anew. */
class TranscriptTest {
    private static final Path PAGE = Path.of("..", "docs", "advisor.md");
    private static final String BEGIN = "<!-- transcript -->\n";
    private static final String END = "<!-- /transcript -->\n";

    @Test
    void thePageHasATrueTranscript() throws Exception {
        var facts =
                Serialization.unmarshal(Files.readString(FixtureMachine.X86_64_SERVER.goldenFacts()), AgentFacts.class);
        var terminal = new ScriptedTerminal("", "", "", "local-path", "");
        var answers = new Questions(new Given(null, null, null, null, null, null), 0, Optional.of(terminal)).ask();
        var host = Host.of(facts).withDisk(OptionalInt.of(510), false);
        var fleet = Fleet.of("node-7", host, List.of(), answers);
        var transcript = "```\n$ java -jar node-agent.jar advise --node-name node-7\n" + terminal.transcript()
                + Format.text.print(fleet.advice(), fleet.job()) + "```\n";
        var page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (Boolean.getBoolean("golden.update")) {
            write(page.substring(0, begin) + transcript + page.substring(end));
        }
        assertThat(Files.readString(PAGE))
                .as("docs/advisor.md: -Dgolden.update=true writes it anew")
                .contains(BEGIN + transcript + END);
    }

    private static void write(String page) throws IOException {
        Files.writeString(PAGE, page);
    }
}
