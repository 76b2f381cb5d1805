package dev.smartdispatcher.cli.prjconf.macro;

import java.math.BigDecimal;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates the expression of an {@code %if}: numbers, texts in quotes, versions as {@code v"1.2"}, bare words, and operators.
 * As in obs-build, {@code &&} and {@code ||} bind alike, a chain of {@code *} and {@code /} is evaluated from the right, and
 * {@code a || b} is the value of a or b.
 */
public final class Expression {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern WORD = Pattern.compile("[a-zA-Z][a-zA-Z_0-9]*");
    private static final Pattern TEXT = Pattern.compile("(v?)\"([^\"]*)\"");
    private static final Pattern COMPARISON = Pattern.compile(">=|>|<=|<|==|!=");
    /** Digits of a number: obs-build computes with floating point and tells no more. */
    private static final int MOST_DIGITS = 15;

    /** Parentheses and signs within each other. */
    private static final int MOST_LEVELS = 200;

    private final String text;
    private int position;
    private int levels;

    private Expression(String text) {
        this.text = text;
    }

    /** Whether the expression, in which macros were expanded, is true; a {@link MacroException} says what is wrong with it. */
    public static boolean isTrue(String expression) {
        return new Expression(expression).whole().isTrue();
    }

    /** The expression's value as a text. */
    static String value(String expression) {
        return new Expression(expression).whole().text();
    }

    private Value whole() {
        var value = ternary();
        skipBlanks();
        if (position < text.length()) {
            throw new MacroException("syntax error in expression before '" + text.substring(position) + "'");
        }
        return value;
    }

    private Value ternary() {
        var condition = logical();
        if (!takes("?")) {
            return condition;
        }
        var yes = ternary();
        if (!takes(":")) {
            throw new MacroException("syntax error in expression: ':' is missing after '?'");
        }
        var no = ternary();
        return condition.isTrue() ? yes : no;
    }

    private Value logical() {
        var value = comparison();
        while (true) {
            if (takes("&&")) {
                var right = comparison();
                value = value.isTrue() ? right : value;
            } else if (takes("||")) {
                var right = comparison();
                value = value.isTrue() ? value : right;
            } else {
                return value;
            }
        }
    }

    private Value comparison() {
        var value = sum();
        while (true) {
            skipBlanks();
            var operator = next(COMPARISON);
            if (operator == null) {
                return value;
            }
            position = operator.end();
            int order = value.compareWith(sum());
            value = Value.of(
                    switch (operator.group()) {
                        case ">=" -> order >= 0;
                        case ">" -> order > 0;
                        case "<=" -> order <= 0;
                        case "<" -> order < 0;
                        case "==" -> order == 0;
                        default -> order != 0;
                    });
        }
    }

    private Value sum() {
        var value = product();
        while (true) {
            if (takes("+")) {
                value = value.plus(product());
            } else if (takes("-")) {
                value = value.minus(product());
            } else {
                return value;
            }
        }
    }

    private Value product() {
        var value = operand();
        if (takes("*")) {
            return nested(value, Value::times);
        }
        return takes("/") ? nested(value, Value::dividedBy) : value;
    }

    private Value nested(Value left, BinaryOperator<Value> operation) {
        deeper();
        var value = operation.apply(left, product());
        levels--;
        return value;
    }

    private Value operand() {
        deeper();
        var value = plainOperand();
        levels--;
        return value;
    }

    private Value plainOperand() {
        if (takes("(")) {
            var value = ternary();
            if (!takes(")")) {
                throw new MacroException("syntax error in expression: ')' is missing");
            }
            return value;
        }
        if (takes("!")) {
            return Value.of(!operand().isTrue());
        }
        if (takes("-")) {
            return operand().negated();
        }
        return literal();
    }

    private Value literal() {
        var number = next(NUMBER);
        if (number != null) {
            position = number.end();
            if (number.group().length() > MOST_DIGITS) {
                throw new MacroException("number " + number.group() + " has more than " + MOST_DIGITS + " digits");
            }
            return Value.of(new BigDecimal(number.group()));
        }
        var quoted = next(TEXT);
        if (quoted != null) {
            position = quoted.end();
            return new Value(quoted.group(1).isEmpty() ? Value.Type.TEXT : Value.Type.VERSION, quoted.group(2));
        }
        var word = next(WORD);
        if (word != null) {
            position = word.end();
            return new Value(Value.Type.TEXT, word.group());
        }
        throw new MacroException(
                position == text.length()
                        ? "syntax error in expression: a value is missing at the end"
                        : "syntax error in expression before '" + text.substring(position) + "'");
    }

    /** The match that begins here, or null. */
    private Matcher next(Pattern pattern) {
        var matcher = pattern.matcher(text).region(position, text.length());
        return matcher.lookingAt() ? matcher : null;
    }

    private boolean takes(String token) {
        skipBlanks();
        var found = text.startsWith(token, position);
        position += found ? token.length() : 0;
        return found;
    }

    private void skipBlanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private void deeper() {
        if (++levels > MOST_LEVELS) {
            throw new MacroException("expression is nested more than " + MOST_LEVELS + " levels deep");
        }
    }
}
