package dev.smartdispatcher.cli.constraints;

import java.util.List;
import java.util.Random;

/** Constraints and workers at random from a seed, with amounts so near to each other that about half of the workers fit. */
final class RandomConstraints {
    private static final List<String> KERNELS = List.of("4.12.14", "5.3", "5.14.21", "6.4.0");

    private final Random random;
    private boolean inOverwrite;

    RandomConstraints(long seed) {
        random = new Random(seed);
    }

    String document() {
        var text = new StringBuilder("<constraints>");
        demands(text);
        inOverwrite = true;
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append("<overwrite><conditions>").append(conditions()).append("</conditions>");
            demands(text);
            text.append("</overwrite>");
        }
        return text.append("</constraints>").toString();
    }

    ObsWorker worker() {
        return new ObsWorker(
                of("kvm", "chroot"),
                of(KERNELS),
                of("default", "azure"),
                of("avx2", "avx2", "sse4_2"),
                2 + random.nextInt(6),
                2048L << random.nextInt(3),
                10240L << random.nextInt(3),
                List.of(List.<String>of(), List.of("fast"), List.of("fast", "ssd"), List.of("slow", "fast"))
                        .get(random.nextInt(4)));
    }

    private String conditions() {
        return of("", "<arch>x86_64</arch>", "<arch>aarch64</arch>", "<arch>aarch64</arch><arch>x86_64</arch>")
                + of("", "<package>kernel</package>", "<package>other</package>", "<package>kernel.rt</package>");
    }

    private void demands(StringBuilder text) {
        if (random.nextInt(4) == 0) {
            text.append("<hostlabel>").append(of("fast", "ssd")).append("</hostlabel>");
        }
        if (random.nextInt(6) == 0) {
            text.append("<hostlabel exclude='").append(of("true", "false")).append("'>slow</hostlabel>");
        }
        if (random.nextInt(5) == 0) {
            text.append("<sandbox>").append(of("kvm", "chroot", "secure")).append("</sandbox>");
        }
        if (random.nextInt(4) == 0) {
            text.append("<linux><version>")
                    .append(of("", "<min>" + of(KERNELS.subList(0, 3)) + "</min>"))
                    .append(of("", "<max>6.0</max>", "<max>6.4</max>"))
                    .append("</version>")
                    .append(of("", "", "<flavor>default</flavor>"))
                    .append("</linux>");
        }
        hardware(text);
    }

    private void hardware(StringBuilder text) {
        text.append("<hardware>");
        if (random.nextInt(4) == 0) {
            text.append("<cpu><flag>avx2</flag></cpu>");
        }
        if (random.nextInt(4) == 0) {
            text.append("<processors>").append(1 + random.nextInt(5)).append("</processors>");
        }
        if (random.nextInt(4) == 0) {
            text.append("<jobs>").append(random.nextInt(5)).append("</jobs>");
        }
        if (random.nextInt(2) == 0) {
            text.append("<disk>").append(size(10)).append("</disk>");
        }
        if (random.nextInt(2) == 0) {
            text.append("<memory>").append(size(2)).append("</memory>");
        }
        if (random.nextInt(3) == 0) {
            text.append("<physicalmemory>").append(size(2)).append("</physicalmemory>");
        }
        text.append("</hardware>");
    }

    /** Some gibibytes, at a bound or one byte beside it, in any unit. */
    private String size(long gibibytes) {
        long size = gibibytes << random.nextInt(3);
        return switch (random.nextInt(6)) {
            // In an overwrite, the unit of what it replaces stays.
            case 0 -> "<size>" + (inOverwrite ? size : size << 30) + "</size>";
            case 1 -> "<size unit='B'>" + ((size << 30) + random.nextInt(2)) + "</size>";
            case 2 -> "<size unit='K'>" + (size << 20) + "</size>";
            case 3 -> "<size unit='M'>" + (size << 10) + "</size>";
            case 4 -> "<size unit='T'>" + size / 1024.0 + "</size>";
            default -> "<size unit='G'>" + size + "</size>";
        };
    }

    private String of(String... choices) {
        return of(List.of(choices));
    }

    private String of(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
