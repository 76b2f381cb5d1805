package dev.smartdispatcher.e2e.operator.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.farm.Edits;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EditsTest {
    private final Harness farm = new Harness();

    @BeforeEach
    void start() {
        farm.node("n");
    }

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void whatIsOvertakenIsMadeAnew() {
        farm.cluster().failNext(EditsTest::writes, 409);
        Edits.status(node(), EditsTest::shrunk);
        assertThat(node().get().getStatus().getAllocatable()).containsEntry("cpu", new Quantity("1"));
        farm.cluster().failNext(EditsTest::writes, 409);
        Edits.edit(node(), n -> {
            n.getMetadata().setLabels(Map.of("edited", "yes"));
            return n;
        });
        assertThat(node().get().getMetadata().getLabels()).containsEntry("edited", "yes");
    }

    @Test
    void whatIsRefusedIsNot() {
        farm.cluster().failNext(EditsTest::writes, 403);
        assertThatThrownBy(() -> Edits.status(node(), EditsTest::shrunk)).isInstanceOf(KubernetesClientException.class);
    }

    private static Node shrunk(Node node) {
        node.getStatus().getAllocatable().put("cpu", new Quantity("1"));
        return node;
    }

    private static boolean writes(ApiRequest request) {
        return request.is(Verb.UPDATE, "nodes") || request.is(Verb.PATCH, "nodes");
    }

    private Resource<Node> node() {
        return farm.client().nodes().withName("n");
    }
}
