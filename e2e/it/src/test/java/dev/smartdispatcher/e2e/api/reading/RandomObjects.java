package dev.smartdispatcher.e2e.api.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.definitions.Place;
import dev.smartdispatcher.e2e.definitions.Sample;
import java.util.List;
import java.util.Random;

/**
 * Objects of a kind that the schema takes: the complete sample with some of its values replaced by random ones within their
 * bounds. A rule in CEL may still refuse one.
 */
final class RandomObjects {
    private static final int MOST_CHANGES = 6;

    private final Sample sample;
    private final List<Place> places;
    private final Random random;
    private final RandomValues values;

    RandomObjects(Definition definition, Random random) {
        this.sample = Sample.of(definition);
        this.places = definition.places().stream()
                .filter(place -> !place.isRoot() && sample.find(place).isPresent())
                .filter(place -> !place.path().startsWith("metadata"))
                .toList();
        this.random = random;
        this.values = new RandomValues(random);
    }

    ObjectNode next() {
        var object = sample;
        for (int i = random.nextInt(MOST_CHANGES) + 1; i > 0; i--) {
            var place = places.get(random.nextInt(places.size()));
            var location = object.find(place);
            if (location.isPresent()) {
                var good = object.at(location.get());
                object = new Sample(object.with(location.get(), values.of(place.schema(), good)));
            }
        }
        return object.object().deepCopy();
    }
}
