package dev.smartdispatcher.e2e.chart;

import dev.smartdispatcher.e2e.SourceTree;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;

/** The version in the project's pom.xml. */
final class ProjectVersion {
    private ProjectVersion() {}

    static String read() {
        try {
            var pom = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(SourceTree.file("pom.xml").toFile());
            return XPathFactory.newInstance().newXPath().evaluate("/project/version", pom);
        } catch (Exception e) {
            throw new AssertionError("the project's pom.xml cannot be read", e);
        }
    }
}
