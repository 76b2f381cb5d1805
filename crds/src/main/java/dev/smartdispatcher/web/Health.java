package dev.smartdispatcher.web;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The pages that a kubelet asks for: 200 with {@code ok}, or 503 with why not, one line each. */
public final class Health {
    private Health() {}

    /**
     * @param dead why the process should be started anew; empty: it need not
     * @param problems why it does not do its work now; empty: it does
     */
    public static Map<String, Page> pages(Supplier<List<String>> dead, Supplier<List<String>> problems) {
        return Map.of("/livez", query -> answer(dead.get()), "/readyz", query -> answer(problems.get()));
    }

    private static Answer answer(List<String> problems) {
        return problems.isEmpty()
                ? Answer.text(Answer.OK, "ok")
                : Answer.text(Answer.UNAVAILABLE, String.join("\n", problems));
    }
}
