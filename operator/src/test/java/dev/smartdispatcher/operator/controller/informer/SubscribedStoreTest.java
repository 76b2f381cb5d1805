package dev.smartdispatcher.operator.controller.informer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscribedStoreTest {
    private final List<String> calls = new ArrayList<>();
    private final Subscribers<ConfigMap> subscribers = new Subscribers<>();
    private final SubscribedStore<ConfigMap> store = new SubscribedStore<>(LeanStore::withoutCopies, subscribers);

    SubscribedStoreTest() {
        subscribers.add(new Subscriber<>() {
            @Override
            public void arrives(ConfigMap object) {
                note("arrives", object);
            }

            @Override
            public void shown(ConfigMap object) {
                note("shown", object);
            }

            @Override
            public void gone(ConfigMap last) {
                note("gone", last);
            }
        });
    }

    /** When an agent wrote last is known from the managed fields alone. */
    @Test
    void anObjectArrivesWithTheManagedFieldsThatTheStoreLeavesOut() {
        store.put("a", written());
        store.remove("a");

        assertThat(calls)
                .containsExactly(
                        "arrives, stored: false, managers: 1",
                        "shown, stored: true, managers: 0",
                        "gone, stored: false, managers: 0");
    }

    private void note(String call, ConfigMap object) {
        var managers = object.getMetadata().getManagedFields().size();
        calls.add(call + ", stored: " + (store.get("a") != null) + ", managers: " + managers);
    }

    private static ConfigMap written() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("a")
                .addNewManagedField()
                .withManager("agent")
                .endManagedField()
                .endMetadata()
                .build();
    }
}
