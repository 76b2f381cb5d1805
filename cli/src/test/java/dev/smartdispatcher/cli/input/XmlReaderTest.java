package dev.smartdispatcher.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlReaderTest {
    @TempDir
    private Path directory;

    @Test
    void readsElements() {
        var root = XmlReader.read(source("<a x='1'>\n <b>one <![CDATA[& two]]></b>\n <!-- no --><b/>&lt;</a>"));
        assertThat(root.name()).isEqualTo("a");
        assertThat(root.attributes()).containsEntry("x", "1");
        assertThat(root.text()).isEqualTo("<");
        assertThat(root.children("b")).extracting(XmlElement::text).containsExactly("one & two", "");
        assertThat(root.children("b")).extracting(XmlElement::line).containsExactly(2, 3);
    }

    @Test
    void readsTheDeclaredEncoding() {
        var text = "<?xml version='1.0' encoding='ISO-8859-1'?><a>\u00e9</a>";
        var root = XmlReader.read(new SourceFile("f", text.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(root.text()).isEqualTo("\u00e9");
    }

    @Test
    void brokenXmlIsToldWithLineAndColumn() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> XmlReader.read(source("<a>\n  <b>\n</a>")))
                .withMessageStartingWith("f:3:3: ")
                .withMessageContaining("</b>");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> XmlReader.read(source("")))
                .withMessageStartingWith("f:1:1: ");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> XmlReader.read(source("<a/><b/>")))
                .withMessageStartingWith("f:1:");
    }

    /** A thousand million times "ha" if anything expanded it. */
    @Test
    void aBombIsRefused() {
        var bomb = new StringBuilder("<!DOCTYPE a [<!ENTITY e0 'ha'>");
        for (int i = 1; i <= 9; i++) {
            bomb.append("<!ENTITY e")
                    .append(i)
                    .append(" '")
                    .append(("&e" + (i - 1) + ";").repeat(10))
                    .append("'>");
        }
        bomb.append("]><a>&e9;</a>");
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> refused(bomb.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a SYSTEM 'FILE'><a/>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'FILE'>]><a>&x;</a>",
                "<!DOCTYPE a [<!ENTITY % x SYSTEM 'FILE'> %x;]><a/>",
                "<!DOCTYPE a [<!ENTITY x 'y'>]><a b='&x;'/>"
            })
    void externalEntitiesAreNotOpened(String document) throws IOException {
        var secret = directory.resolve("secret");
        Files.writeString(secret, "<!ENTITY y 'secret'>");
        refused(document.replace("FILE", secret.toUri().toString()));
    }

    @Test
    void anUndeclaredEntityIsRefused() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> XmlReader.read(source("<a>&x;</a>")))
                .withMessageStartingWith("f:1:");
    }

    @Test
    void depthIsBounded() {
        var deep = "<a>".repeat(100_000) + "</a>".repeat(100_000);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> XmlReader.read(source(deep)))
                .withMessageContaining("nested more than 64 levels");
    }

    @Test
    void sizeIsBounded() throws IOException {
        var file = directory.resolve("large");
        Files.write(file, new byte[SourceFile.MOST_BYTES]);
        assertThat(SourceFile.read(file).content()).hasSize(SourceFile.MOST_BYTES);
        Files.write(file, new byte[SourceFile.MOST_BYTES + 1]);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> SourceFile.read(file))
                .withMessage(file + ": is larger than 1048576 bytes");
    }

    private static void refused(String document) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> XmlReader.read(source(document)))
                .withMessageStartingWith("f:1:")
                .withMessageEndingWith("a document type declaration is refused");
    }

    private static SourceFile source(String text) {
        return new SourceFile("f", text.getBytes(StandardCharsets.UTF_8));
    }
}
