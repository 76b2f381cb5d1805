package dev.smartdispatcher.e2e.embedded.schema;

import java.util.List;

/**
 * How the value at one place of an object is merged: by the keys of its items if it is a list that has some, as a set if
 * it is one, else whole. {@link #field} and {@link #item} lead to the places below.
 */
public interface ListRules {
    /** The fields that tell the items of this list apart; empty: the list is one value. */
    List<String> keys();

    /** Whether this list is a set of plain values, merged by union. */
    boolean isSet();

    /** The rules below the field {@code name} of this object. */
    ListRules field(String name);

    /** The rules of the items of this list. */
    ListRules item();
}
