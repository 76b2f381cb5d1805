package dev.smartdispatcher.e2e.controlplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The secrets of a control plane, made anew for each: the administrator's token, and the keys by which the API server signs
 * the tokens of service accounts. Readable for nobody else.
 */
final class Credentials {
    private static final int KEY_BITS = 2048;
    private static final int TOKEN_BYTES = 24;

    private final Path directory;
    private final String adminToken;

    private Credentials(Path directory, String adminToken) {
        this.directory = directory;
        this.adminToken = adminToken;
    }

    /** Writes them to {@code directory}, which is created. */
    static Credentials create(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var secret = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(secret);
        var made = new Credentials(directory, HexFormat.of().formatHex(secret));
        Files.writeString(made.tokens(), made.adminToken + ",administrator,administrator,system:masters\n");
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            var pair = generator.generateKeyPair();
            Files.writeString(
                    made.signingKey(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            Files.writeString(
                    made.publicKey(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
        return made;
    }

    /** Of a member of {@code system:masters}. */
    String adminToken() {
        return adminToken;
    }

    Path tokens() {
        return directory.resolve("tokens.csv");
    }

    Path signingKey() {
        return directory.resolve("service-accounts.key");
    }

    Path publicKey() {
        return directory.resolve("service-accounts.pub");
    }

    /** Where kube-apiserver keeps the certificate that it signs itself. */
    Path serving() {
        return directory.resolve("serving");
    }

    /** That certificate, by which clients know it. */
    Path servingCertificate() {
        return serving().resolve("apiserver.crt");
    }

    /** The key of that certificate. */
    Path servingKey() {
        return serving().resolve("apiserver.key");
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + type + "-----\n";
    }
}
