/** Objects as the checker reads them: plain JSON, by the names of the API's fields, and nothing of the operator's own code. */
package dev.smartdispatcher.e2e.chaos.check.view;
