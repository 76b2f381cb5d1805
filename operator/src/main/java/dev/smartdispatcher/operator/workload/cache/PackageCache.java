package dev.smartdispatcher.operator.workload.cache;

import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.operator.packages.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Where in the caches of a namespace a package keeps its own: one for each target. */
public final class PackageCache {
    private static final int DIGEST_PART = 16;

    private PackageCache() {}

    /** Name of its directory, which a package of any name has. */
    public static String directory(String job, BuildJobSpec spec) {
        var text = packageName(job, spec) + "\0" + spec.targetArch();
        var digest = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, DIGEST_PART);
    }

    /** What a job builds. */
    public static String packageName(String job, BuildJobSpec spec) {
        return spec.packageName() == null ? job : spec.packageName();
    }
}
