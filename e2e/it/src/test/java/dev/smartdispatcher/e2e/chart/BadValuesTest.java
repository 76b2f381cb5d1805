package dev.smartdispatcher.e2e.chart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that cannot be meant are refused before anything is installed, by their path. */
class BadValuesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {operater: {}}                                          | operater
            {operator: {replica: 2}}                                | /operator
            {operator: {replicas: two}}                             | /operator/replicas
            {operator: {replicas: -1}}                              | /operator/replicas
            {operator: {image: {tag: 1}}}                           | /operator/image/tag
            {operator: {image: {digest: abc}}}                      | /operator/image/digest
            {operator: {image: {repository: ""}}}                   | /operator/image/repository
            {operator: {image: {pullPolicy: Sometimes}}}            | /operator/image/pullPolicy
            {operator: {logLevel: info}}                            | /operator/logLevel
            {operator: {resources: {limit: {memory: 1Gi}}}}         | /operator/resources
            {operator: {resources: {limits: {memory: 1 GB}}}}       | /operator/resources/limits/memory
            {operator: {tolerations: [{keys: a}]}}                  | /operator/tolerations/0
            {operator: {extraEnv: [{value: a}]}}                    | /operator/extraEnv/0
            {operator: {podLabels: {a: 1}}}                         | /operator/podLabels/a
            {nodeAgent: {enabled: "yes"}}                           | /nodeAgent/enabled
            {nodeAgent: {intervalSeconds: 61}}                      | /nodeAgent/intervalSeconds
            {nodeAgent: {buildPath: var/lib}}                       | /nodeAgent/buildPath
            {nodeAgent: {buildPath: /}}                             | /nodeAgent/buildPath
            {nodeAgent: {featuresDirectory: facts}}                 | /nodeAgent/featuresDirectory
            {nodeAgent: {maxUnavailable: 0}}                        | /nodeAgent/maxUnavailable
            {nodeAgent: {resources: {limits: {cpu: 1}}}}            | /nodeAgent/resources/limits
            {nodeAgent: {seccompProfile: {type: None}}}             | /nodeAgent/seccompProfile/type
            {nodeAgent: {kvm: {resource: kvm}}}                     | /nodeAgent/kvm/resource
            {nodeAgent: {kvm: {groups: [kvm]}}}                     | /nodeAgent/kvm/groups/0
            {access: {aggregated: true}}                            | /access
            {networkPolicy: {apiServerPorts: []}}                   | /networkPolicy/apiServerPorts
            {monitoring: {rules: true}}                             | /monitoring/rules
            {monitoring: {serviceMonitor: {interval: 30}}}          | /monitoring/serviceMonitor/interval
            {dispatchPolicy: {create: 1}}                           | /dispatchPolicy/create
            {buildPriorityClass: {value: 1000000001}}               | /buildPriorityClass/value
            {imagePullSecrets: [my-secret]}                         | /imagePullSecrets/0
            """)
    void areRefusedByPath(String values, String path, @TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("values.yaml"), values);
        assertThatThrownBy(() -> Chart.render(file))
                .hasMessageContaining("values don't meet the specifications of the schema")
                .hasMessageContaining(path);
    }
}
