/** Jobs and workers as the quickstart shows them: on a screen while things happen, and in the report at the end. */
package dev.smartdispatcher.e2e.quickstart.view;
