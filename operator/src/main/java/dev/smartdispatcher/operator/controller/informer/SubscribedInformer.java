package dev.smartdispatcher.operator.controller.informer;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;

/**
 * The informer of a secondary kind, whose subscribers are called before the controller is. Its cache and its indexes show the change by
 * then.
 *
 * @param <R> the kind
 * @param <P> the primary kind of the controller that reconciles by it
 */
final class SubscribedInformer<R extends HasMetadata, P extends HasMetadata> extends InformerEventSource<R, P> {
    private final Subscribers<R> subscribers;

    SubscribedInformer(
            InformerEventSourceConfiguration<R> configuration,
            EventSourceContext<P> context,
            Subscribers<R> subscribers) {
        super(configuration, context);
        this.subscribers = subscribers;
    }

    @Override
    public void onAdd(R added) {
        subscribers.shown(added);
        super.onAdd(added);
    }

    @Override
    public void onUpdate(R before, R after) {
        subscribers.shown(after);
        super.onUpdate(before, after);
    }

    @Override
    public void onDelete(R last, boolean stateUnknown) {
        subscribers.gone(last);
        super.onDelete(last, stateUnknown);
    }
}
