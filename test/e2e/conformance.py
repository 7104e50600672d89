"""jupyter_kernel_test against the kernelspec named in argv[1]; prints one line a test and exits 1 if any is not ok."""
import sys
import unittest

import jupyter_kernel_test as jkt

# The library waits for ever for a reply that never comes; bound it.
original = jkt.KernelTests.get_non_kernel_info_reply
jkt.KernelTests.get_non_kernel_info_reply = lambda self, timeout=None: original(self, timeout=min(timeout or 10, 10))
jkt.TIMEOUT = 25


class Kernel(jkt.KernelTests):
    kernel_name = "gomem"
    language_name = "go"
    file_extension = ".go"
    code_hello_world = 'fmt.Println("hello, world")'
    code_stderr = 'println("test")'
    completion_samples = [{"text": "esc", "matches": ["escape"]}, {"text": "fmt.Printl", "matches": {"Println"}}]
    complete_code_samples = ["1", "x := 1", "escape -m=2"]
    incomplete_code_samples = ["func f() {", "x := `raw"]
    invalid_code_samples = ["func ) {", "var var"]
    code_page_something = "help?"
    code_generate_error = 'panic("boom")'
    code_execute_result = [{"code": "1+2", "result": "3"}, {"code": "2+2", "result": "4"}, {"code": "3+2", "result": "5"}]
    code_display_data = [{"code": "p := new(int)\nescape", "mime": "text/html"}]
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "escape"
    code_clear_output = "clear"


class Welcome(jkt.IopubWelcomeTests):
    kernel_name = "gomem"
    support_iopub_welcome = True


class Report(unittest.TextTestResult):
    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.failures.append((test, "skipped: " + reason))


if __name__ == "__main__":
    suite = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromTestCase(case) for case in (Kernel, Welcome))
    result = unittest.TextTestRunner(verbosity=2, resultclass=Report, stream=sys.stdout).run(suite)
    print(f"{result.testsRun - len(result.failures) - len(result.errors)} of {result.testsRun}")
    sys.exit(0 if result.wasSuccessful() and result.testsRun >= 13 else 1)
