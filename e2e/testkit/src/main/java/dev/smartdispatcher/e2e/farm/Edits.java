package dev.smartdispatcher.e2e.farm;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Changes of what the scheduler or the operator may write at the same time: one that is overtaken is made anew. */
public final class Edits {
    private Edits() {}

    /** Changes the object, but for its status. */
    public static <T extends HasMetadata> void edit(Resource<T> object, UnaryOperator<T> change) {
        await().pollDelay(Duration.ZERO)
                .ignoreExceptionsMatching(Edits::isConflict)
                .until(() -> object.edit(change) != null);
    }

    /** Changes the object's status. */
    public static <T extends HasMetadata> void status(Resource<T> object, UnaryOperator<T> change) {
        await().pollDelay(Duration.ZERO)
                .ignoreExceptionsMatching(Edits::isConflict)
                .until(() -> object.editStatus(change) != null);
    }

    /** Whether somebody else has written the object since it was read. */
    public static boolean isConflict(Throwable e) {
        return e instanceof KubernetesClientException refused && refused.getCode() == HttpURLConnection.HTTP_CONFLICT;
    }
}
