package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.environment.DnsSettings;
import dev.smartdispatcher.api.environment.PodSettings;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodDNSConfigBuilder;
import io.fabric8.kubernetes.api.model.PodDNSConfigOption;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An environment's fields of pods as Kubernetes has them. */
final class PodFields {
    private static final String HUGEPAGES = "hugepages-";

    private PodFields() {}

    static List<HostAlias> hostAliases(PodSettings settings) {
        return settings.hostAliases().stream()
                .map(alias -> new HostAlias(alias.hostnames(), alias.ip()))
                .toList();
    }

    /** Null if there is none. */
    static PodDNSConfig dnsConfig(PodSettings settings) {
        var dns = settings.dnsConfig();
        return dns == null
                ? null
                : new PodDNSConfigBuilder()
                        .withNameservers(dns.nameservers())
                        .withSearches(dns.searches())
                        .withOptions(
                                dns.options().stream().map(PodFields::option).toList())
                        .build();
    }

    private static PodDNSConfigOption option(DnsSettings.Option option) {
        return new PodDNSConfigOption(option.name(), option.value());
    }

    /** What is requested and limited beside CPU, memory and disk: huge pages, and the device of the isolation. */
    static Map<String, Quantity> counted(WorkerPodRequest request) {
        var counted = new TreeMap<>(request.isolation().devices());
        request.settings().hugepages().forEach((size, amount) -> counted.put(HUGEPAGES + size, amount));
        return counted;
    }
}
