package dev.smartdispatcher.e2e.chaos.fault;

/** What a bad connection does to a request. */
public enum RequestFault {
    /** Nothing. */
    NONE,
    /** It is held up for a few seconds, so that later ones overtake it. */
    OVERTAKEN,
    /** It is held up until after its client has given up, and arrives then. */
    LATE,
    /** It never arrives, and the stream breaks. */
    DROPPED,
    /** It arrives, and the stream breaks before the answer. */
    UNANSWERED,
    /** It arrives twice. */
    DOUBLED,
    /** It never arrives: something in between answers 429 or 5xx. */
    REFUSED,
    /** It arrives, and something in between answers 5xx all the same. */
    ERROR_AFTER,
    /** A watch shows everything some seconds late. */
    LAGGING,
    /** A watch breaks. */
    CUT
}
