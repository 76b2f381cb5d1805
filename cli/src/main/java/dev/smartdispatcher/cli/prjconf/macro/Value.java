package dev.smartdispatcher.cli.prjconf.macro;

import dev.smartdispatcher.operator.scheduler.filter.RpmVersion;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A value of an expression: a number, a text or a version.
 *
 * @param type what it is
 * @param text a number's digits, a text or a version, without quotes
 */
record Value(Type type, String text) {
    /** What a value is; {@code sign} stands before it where values of different types are compared. */
    enum Type {
        NUMBER(""),
        TEXT("\""),
        VERSION("v");

        private final String sign;

        Type(String sign) {
            this.sign = sign;
        }
    }

    /** Digits of a quotient, as Perl prints them. */
    private static final MathContext PRECISION = new MathContext(15);

    static final Value TRUE = new Value(Type.NUMBER, "1");
    static final Value FALSE = new Value(Type.NUMBER, "0");

    static Value of(boolean truth) {
        return truth ? TRUE : FALSE;
    }

    static Value of(BigDecimal number) {
        var plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        return new Value(Type.NUMBER, plain.toPlainString());
    }

    /** A number but 0, and any text but the empty one; a version is never true. */
    boolean isTrue() {
        return switch (type) {
            case NUMBER -> !text.matches("0*");
            case TEXT -> !text.isEmpty();
            case VERSION -> false;
        };
    }

    /** Negative, 0 or positive. The left side decides how it is compared: a number compares with the text "5" as with 0. */
    int compareWith(Value right) {
        return switch (type) {
            case NUMBER -> number().compareTo(right.type == Type.NUMBER ? right.number() : BigDecimal.ZERO);
            case TEXT -> signed().compareTo(right.signed());
            case VERSION -> RpmVersion.compare(text, right.signed().substring(1));
        };
    }

    Value plus(Value right) {
        return type == Type.TEXT && right.type == Type.TEXT
                ? new Value(Type.TEXT, text + right.text)
                : of(number("+").add(right.number("+")));
    }

    Value minus(Value right) {
        return of(number("-").subtract(right.number("-")));
    }

    Value times(Value right) {
        return of(number("*").multiply(right.number("*"), PRECISION));
    }

    Value dividedBy(Value right) {
        if (right.number("/").signum() == 0) {
            throw new MacroException("division by zero");
        }
        return of(number("/").divide(right.number("/"), PRECISION));
    }

    Value negated() {
        return of(number("-").negate());
    }

    private String signed() {
        return type.sign + text;
    }

    private BigDecimal number(String operator) {
        if (type != Type.NUMBER) {
            throw new MacroException("argument of " + operator + " is not a number: '" + text + "'");
        }
        return number();
    }

    private BigDecimal number() {
        return new BigDecimal(text);
    }
}
