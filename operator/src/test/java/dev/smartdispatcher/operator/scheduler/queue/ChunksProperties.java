package dev.smartdispatcher.operator.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.scheduler.testing.RandomFarms;
import dev.smartdispatcher.operator.testing.Seeds;
import java.util.ArrayList;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Chunks are a sorted set that knows ranks, and no chunk claims to need more than its jobs do. */
class ChunksProperties {
    @Test
    void areASortedSet() {
        Seeds.check(30, random -> {
            var chunks = new Chunks();
            var sorted = new TreeSet<>(QueuedJob.ORDER);
            for (int i = 0; i < 3000; i++) {
                if (sorted.isEmpty() || random.nextInt(3) > 0) {
                    var queued = new QueuedJob(RandomFarms.job("j" + i, 0, random), null);
                    chunks.add(queued);
                    sorted.add(queued);
                } else {
                    var gone = any(sorted, random);
                    chunks.remove(gone);
                    sorted.remove(gone);
                }
            }
            var found = new ArrayList<QueuedJob>();
            chunks.forEach(found::add);
            assertThat(found).containsExactlyElementsOf(sorted);
            assertThat(chunks.size()).isEqualTo(sorted.size());
            assertThat(chunks.first()).isSameAs(sorted.first());
            var some = any(sorted, random);
            assertThat(chunks.before(some)).isEqualTo(sorted.headSet(some).size());
            for (int i = 0; i < chunks.count(); i++) {
                var chunk = chunks.chunk(i);
                for (int at = 0; at < chunk.size; at++) {
                    assertThat(chunk.cpuMillis).isLessThanOrEqualTo(chunk.entries[at].cpuMillis());
                    assertThat(chunk.memory).isLessThanOrEqualTo(chunk.entries[at].memory());
                    assertThat(chunk.disk).isLessThanOrEqualTo(chunk.entries[at].disk());
                }
            }
        });
    }

    private static QueuedJob any(TreeSet<QueuedJob> sorted, Random random) {
        return sorted.stream().skip(random.nextInt(sorted.size())).findFirst().orElseThrow();
    }
}
