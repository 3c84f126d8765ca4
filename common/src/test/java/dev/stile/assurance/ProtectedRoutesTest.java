package dev.stile.assurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectedRoutesTest {
  private static final ProtectedRoute PAY = route("POST", "/payments", "pay");
  private static final ProtectedRoute REFUND = route("POST", "/payments/{id}/refund", "refund");
  private static final ProtectedRoute READ = route("GET", "/payments/{id}", "read");
  private static final ProtectedRoute READ_ALL = route("GET", "/payments/all", "read-all");
  private static final ProtectedRoutes ROUTES =
      new ProtectedRoutes(List.of(PAY, REFUND, READ, READ_ALL));

  private static ProtectedRoute route(String method, String path, String action) {
    return new ProtectedRoute(method, PathTemplate.parse(path), action, false);
  }

  @Test
  void findsARouteByMethodAndPath() {
    assertThat(ROUTES.match("POST", "/payments")).contains(PAY);
    assertThat(ROUTES.match("POST", "/payments/7/refund")).contains(REFUND);
  }

  @Test
  void prefersANameToAParameter() {
    assertThat(ROUTES.match("GET", "/payments/all")).contains(READ_ALL);
    assertThat(ROUTES.match("GET", "/payments/some")).contains(READ);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"7", "a%40b.example", "%C3%A9", "pay_7f-~.x", "a%20b", "!'(),=:@+&", "...", "a.b"})
  void takesAParameterOfAnOrdinaryName(String value) {
    assertThat(ROUTES.match("POST", "/payments/" + value + "/refund")).contains(REFUND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/payments/",
        "//payments",
        "/payments//",
        "/Payments",
        "/PAYMENTS",
        "/payments%2F",
        "/payments%2f",
        "/%70ayments",
        "/payments/.",
        "/payments/..",
        "/./payments",
        "/x/../payments",
        "/%2e/payments",
        "/payments;v=1",
        "/payments?x=1",
        "/payments#x",
        "/payments\\",
        "/payments ",
        " /payments",
        "/payments\u0000",
        "/payments%00",
        "/payment\u017f",
        "payments",
        "/",
        "",
        "/payments/7/refund/",
        "/payments//refund",
        "/payments/../refund",
        "/payments/./refund",
        "/payments/%2e%2e/refund",
        "/payments/%2E/refund",
        "/payments/a%2Fb/refund",
        "/payments/a%252Fb/refund",
        "/payments/a%5Cb/refund",
        "/payments/a\\b/refund",
        "/payments/7;x/refund",
        "/payments/7%3bx/refund",
        "/payments/*/refund",
        "/payments/%2A/refund",
        "/payments/?/refund",
        "/payments/%3f/refund",
        "/payments/${aws:username}/refund",
        "/payments/%24/refund",
        "/payments/a%0Ab/refund",
        "/payments/a%7f/refund",
        "/payments/a%/refund",
        "/payments/a%4/refund",
        "/payments/\u00e9/refund",
        "/payments/7/REFUND"
      })
  void knowsNoOtherSpellingOfAPath(String path) {
    assertThat(ROUTES.match("POST", path)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "post", "Post", "POST ", "", "ANY"})
  void knowsNoOtherMethod(String method) {
    assertThat(ROUTES.match(method, "/payments")).isEmpty();
  }

  @Test
  void isAmbiguousWhereNeitherIsMoreExact() {
    assertThat(REFUND.isAmbiguousWith(route("POST", "/payments/{payment}/refund", "x"))).isTrue();
    assertThat(REFUND.isAmbiguousWith(route("POST", "/payments/all/{what}", "x"))).isTrue();
    assertThat(REFUND.isAmbiguousWith(route("PUT", "/payments/{payment}/refund", "x"))).isFalse();
    assertThat(REFUND.isAmbiguousWith(route("POST", "/payments/all/refund", "x"))).isFalse();
    assertThat(REFUND.isAmbiguousWith(route("POST", "/payments/{id}/close", "x"))).isFalse();
    assertThat(REFUND.isAmbiguousWith(PAY)).isFalse();
  }

  @Test
  void isServedUnderATemplateOfItsShapeOrForAnyPath() {
    assertThat(REFUND.isServedUnder("/payments/{payment}/refund")).isTrue();
    assertThat(REFUND.isServedUnder("/{proxy+}")).isTrue();
    assertThat(REFUND.isServedUnder("/payments/all/refund")).isFalse();
    assertThat(REFUND.isServedUnder("/payments/{id}/{verb}")).isFalse();
    assertThat(REFUND.isServedUnder("")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "payments",
        "/",
        "/payments/",
        "/a//b",
        "/{}",
        "/{a}b",
        "/{proxy+}",
        "/a b",
        "/..",
        "/a/./b",
        "/a%20b",
        "/*"
      })
  void parsesNothingElse(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PathTemplate.parse(text));
  }
}
