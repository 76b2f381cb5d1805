package dev.smartdispatcher.operator.attempt;

import static dev.smartdispatcher.operator.attempt.Pods.ALLOCATION;
import static dev.smartdispatcher.operator.attempt.Pods.container;
import static dev.smartdispatcher.operator.attempt.Pods.observer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Obstacle;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What keeps a pod from starting, and when it is given up. */
class NotStartedTest {
    @Test
    void aPodIsGivenUpWhenItsPatienceEnds() {
        var unschedulable = Pods.with("phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason:"
                + " Unschedulable, message: '0/2 nodes are available'}]");
        assertThat(observer(9).observe(unschedulable, ALLOCATION))
                .isEqualTo(new Observation.NotStarted(false, Optional.empty(), false));
        assertThat(observer(119).observe(unschedulable, ALLOCATION))
                .isEqualTo(hindered(Reason.Unschedulable, "0/2 nodes are available"));
        assertThat(observer(121).observe(unschedulable, ALLOCATION))
                .isEqualTo(stuck(Reason.Unschedulable, "not scheduled for 2 minutes: 0/2 nodes are available"));
        var noImage = container("Pending", "{waiting: {reason: ImagePullBackOff, message: 'not found'}}");
        assertThat(observer(119).observe(noImage, ALLOCATION))
                .isEqualTo(hindered(Reason.ImagePullFailed, "ImagePullBackOff: not found"));
        assertThat(observer(121).observe(noImage, ALLOCATION))
                .isEqualTo(stuck(Reason.ImagePullFailed, "ImagePullBackOff: not found"));
        var noSandbox = Pods.with("phase: Pending, conditions: [{type: PodReadyToStartContainers, status: 'False'}],"
                + " containerStatuses: [{name: build, state: {waiting: {reason: ContainerCreating}}}]");
        assertThat(observer(9).observe(noSandbox, ALLOCATION))
                .isEqualTo(new Observation.NotStarted(false, Optional.empty(), false));
        assertThat(observer(599).observe(noSandbox, ALLOCATION))
                .isEqualTo(hindered(
                        Reason.NoSandbox,
                        "the node has not set up the pod's volumes, network or sandbox; the pod's Events say why"));
        assertThat(observer(601).observe(noSandbox, ALLOCATION))
                .isEqualTo(stuck(Reason.StartFailed, "not started for 10 minutes: ContainerCreating"));
        var never = container("Pending", "{waiting: {reason: ErrImageNeverPull}}");
        assertThat(observer(1).observe(never, ALLOCATION))
                .isEqualTo(stuck(Reason.ImagePullFailed, "ErrImageNeverPull"));
        assertThat(observer(1).observe(Pods.with("phase: Pending"), ALLOCATION))
                .isInstanceOf(Observation.NotStarted.class);
    }

    /** Also if the kubelet reports no condition of it; and never before a pod is late, or once its image is pulled. */
    @Test
    void onlyAPodThatIsLateOnItsNodeMayWaitForItsVolumes() {
        var creating = container("Pending", "{waiting: {reason: ContainerCreating}}");
        creating.getSpec().setNodeName("w");
        assertThat(observer(9).observe(creating, ALLOCATION))
                .isEqualTo(new Observation.NotStarted(false, Optional.empty(), false));
        assertThat(observer(10).observe(creating, ALLOCATION))
                .isEqualTo(new Observation.NotStarted(true, Optional.empty(), true));
        var pulling = Pods.with("phase: Pending, conditions: [{type: PodReadyToStartContainers, status: 'True'}]");
        pulling.getSpec().setNodeName("w");
        assertThat(observer(10).observe(pulling, ALLOCATION))
                .isEqualTo(new Observation.NotStarted(true, Optional.empty(), false));
        creating.getSpec().setNodeName(null);
        assertThat(observer(10).observe(creating, ALLOCATION))
                .isEqualTo(new Observation.NotStarted(true, Optional.empty(), false));
    }

    private static Observation hindered(Reason reason, String message) {
        return new Observation.NotStarted(true, Optional.of(new Obstacle(reason, null, message)), false);
    }

    private static Observation stuck(Reason reason, String message) {
        return new Observation.Stuck(new Obstacle(reason, null, message));
    }
}
