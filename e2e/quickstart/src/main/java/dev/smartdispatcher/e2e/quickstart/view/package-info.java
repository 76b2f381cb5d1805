/** The screens of the quickstart, which show jobs and workers while things happen, and its report at the end. */
package dev.smartdispatcher.e2e.quickstart.view;
