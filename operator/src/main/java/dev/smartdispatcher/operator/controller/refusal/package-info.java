/** What becomes of attempts whose pods the API server does not create. */
package dev.smartdispatcher.operator.controller.refusal;
