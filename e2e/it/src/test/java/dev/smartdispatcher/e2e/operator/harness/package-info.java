/**
 * What the tests of the operator have in common. Where {@link dev.smartdispatcher.e2e.operator.harness.HarnessExtension} makes
 * the harness, a test runs on the embedded API and, by a {@code *TestsApiIT} of its package, on a real API server. What makes
 * its own harness runs on the embedded API alone, for one of these reasons:
 *
 * <ul>
 *   <li>{@code BadInputTest}, {@code UnreadableTest}: a real API server refuses the objects, by CEL and by the definitions;
 *   <li>{@code LongAbsenceTest}, {@code MountTest}: the API server's clock leaps, too;
 *   <li>{@code RecreatedJobTest}, {@code DeletedWorkerTest}: watches break while the API server forgets what happened;
 *   <li>{@code LostAnswerTest}, {@code SafetyTest}, {@code DeposedLeaderTest}: a request is done, and its answer is lost or late;
 *   <li>{@code EvictionTest}: a budget needs a controller that counts pods;
 *   <li>{@code RemainsOfAttemptsTest}: builds run as processes of a local node;
 *   <li>{@code WritesTest}, {@code PagesTest}, {@code FailingWritesTest}, {@code EditsTest}: they count or refuse requests of
 *       every client;
 *   <li>{@code PolicyTest}, {@code InstallerTest}, {@code RefusingNamespaceTest}, {@code ManyRequirementsTest}, {@code SchedulerPageTest}: what they
 *       need of an API server is what the others need, so a second run would show nothing more.
 * </ul>
 */
package dev.smartdispatcher.e2e.operator.harness;
