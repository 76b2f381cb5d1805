package dev.smartdispatcher.e2e.bounds;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.smartdispatcher.e2e.definitions.Resource;
import java.util.List;
import java.util.Optional;

/**
 * Bounds that stand so close to a CEL rule, or to another bound, that both are broken at once.
 *
 * @param bounds as {@link Bound#toString} names them
 * @param because why no value breaks or reaches such a bound alone
 * @param broken what is said, beside the bound's own complaint, when it is broken; as {@code FIELD: MESSAGE}
 * @param edge what is said at the bound's edge
 */
public record Coupling(
        List<String> bounds,
        String because,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> broken,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> edge) {

    /** The known ones, {@code api/couplings.yaml}. */
    public static List<Coupling> known() {
        return Resource.yaml("/api/couplings.yaml", new TypeReference<>() {});
    }

    static Optional<Coupling> of(Bound bound) {
        return known().stream()
                .filter(coupling -> coupling.bounds().contains(bound.toString()))
                .findFirst();
    }
}
