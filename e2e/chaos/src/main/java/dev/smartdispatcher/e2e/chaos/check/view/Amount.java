package dev.smartdispatcher.e2e.chaos.check.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;

/** Quantities of Kubernetes as numbers. */
final class Amount {
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    private static final Map<String, BigDecimal> FACTORS = Map.of(
            "m", BigDecimal.ONE.movePointLeft(3),
            "k", THOUSAND,
            "M", THOUSAND.pow(2),
            "G", THOUSAND.pow(3),
            "T", THOUSAND.pow(4),
            "Ki", KIBI,
            "Mi", KIBI.pow(2),
            "Gi", KIBI.pow(3),
            "Ti", KIBI.pow(4));

    private Amount() {}

    /** The number that a text or number says, or this one if the node is absent. */
    static BigDecimal of(JsonNode quantity, BigDecimal absent) {
        if (quantity.isMissingNode() || quantity.isNull()) {
            return absent;
        }
        var text = quantity.asText();
        int end = text.length();
        while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        var number = new BigDecimal(text.substring(0, end));
        return end == text.length() ? number : number.multiply(FACTORS.get(text.substring(end)));
    }
}
