package dev.smartdispatcher.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.arch.Mode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationAnnotationTest {
    private static Pod annotated(String value) {
        return new PodBuilder()
                .withNewMetadata()
                .addToAnnotations(Annotations.ALLOCATION, value)
                .endMetadata()
                .build();
    }

    @Test
    void whatIsWrittenIsRead() {
        var allocation = new Allocation(
                "node-7", "x86_64", Mode.Cross, 6, new Quantity("5500m"), new Quantity("1456Mi"), new Quantity("4Gi"));
        assertThat(AllocationAnnotation.read(annotated(AllocationAnnotation.write(allocation))))
                .contains(allocation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "{}",
                "4",
                "{\"cpu\":",
                "{\"cpu\":\"1\",\"memory\":\"1Gi\"}",
                "{\"mode\":\"Sideways\"}",
                "{\"cpu\":\"lots\",\"memory\":\"1Gi\",\"disk\":\"1Gi\"}",
                "{\"cpu\":\"\",\"memory\":\"1Gi\",\"disk\":\"1Gi\"}",
                "{\"cpu\":\"1\",\"memory\":\"99999Ei\",\"disk\":\"1Gi\"}",
                "{\"other\":1}"
            })
    void garbageIsNoAllocation(String value) {
        assertThat(AllocationAnnotation.read(annotated(value))).isEmpty();
    }

    @Test
    void aPodWithoutTheAnnotationHasNone() {
        var pod = new PodBuilder().withNewMetadata().endMetadata().build();
        assertThat(AllocationAnnotation.read(pod)).isEmpty();
    }
}
