package dev.smartdispatcher.operator.dispatch.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.dispatch.pass.RandomFarms;
import java.util.ArrayList;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Blocks are a sorted set that knows ranks, and no block claims to need more than its entries do. */
class BlocksProperties {
    @Property(seed = "42", tries = 30)
    void areASortedSet(@ForAll long seed) {
        var random = new Random(seed);
        var blocks = new Blocks();
        var sorted = new TreeSet<>(Entry.ORDER);
        for (int i = 0; i < 3000; i++) {
            if (sorted.isEmpty() || random.nextInt(3) > 0) {
                var entry = new Entry(RandomFarms.job("j" + i, 0, random), null);
                blocks.add(entry);
                sorted.add(entry);
            } else {
                var gone = any(sorted, random);
                blocks.remove(gone);
                sorted.remove(gone);
            }
        }
        var found = new ArrayList<Entry>();
        blocks.forEach(found::add);
        assertThat(found).containsExactlyElementsOf(sorted);
        assertThat(blocks.size()).isEqualTo(sorted.size());
        assertThat(blocks.first()).isSameAs(sorted.first());
        var some = any(sorted, random);
        assertThat(blocks.before(some)).isEqualTo(sorted.headSet(some).size());
        for (int i = 0; i < blocks.count(); i++) {
            var block = blocks.block(i);
            for (int at = 0; at < block.size; at++) {
                assertThat(block.cpuMillis).isLessThanOrEqualTo(block.entries[at].cpuMillis);
                assertThat(block.memory).isLessThanOrEqualTo(block.entries[at].memory);
                assertThat(block.disk).isLessThanOrEqualTo(block.entries[at].disk);
            }
        }
    }

    private static Entry any(TreeSet<Entry> sorted, Random random) {
        return sorted.stream().skip(random.nextInt(sorted.size())).findFirst().orElseThrow();
    }
}
