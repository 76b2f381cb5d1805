/** New jobs: of files, and of jobs that there were before. */
package dev.smartdispatcher.cli.submit;
