package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What each operation of the API answers to each caller: `callers.tsv` has a row for every
/// operation of docs/api/openapi.yaml, and this test fails for one without.
@Tag("R24")
class CallersTableTest {
  @RegisterExtension
  static final RunningStile STILE =
      RunningStile.withFolder(
          """
          {"clients": [
            {"id": "console", "audiences": ["stile"], "host": "localhost"},
            {"id": "shop", "audiences": ["shop"], "host": "shop.example"},
            {"id": "asking", "token_client_ids": [], "audiences": ["stile"], "host": "localhost",
             "roles": ["arn:aws:iam::000000000000:role/asking"], "issuer": "{base}/local/idp"},
            {"id": "enrolling", "token_client_ids": [], "audiences": ["stile"],
             "host": "localhost", "roles": ["arn:aws:iam::000000000000:role/enrolling"],
             "capabilities": ["first_factor"], "issuer": "{base}/local/idp"}
          ]}
          """);

  /// Of a grant, where the operation takes none.
  private static final String NOT_ASKED = "-";

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private static User owner;
  private static Authenticator app;
  private static String challenge = "";
  private static final Map<Caller, Credentials> CALLERS = new EnumMap<>(Caller.class);

  /// Who comes with the ids of the owner's factor and challenge.
  enum Caller {
    NO_TOKEN,
    BROKEN_TOKEN,
    FORGED_TOKEN,
    EXPIRED_TOKEN,
    OTHER_ISSUER,
    OTHER_AUDIENCE,
    GRANT_AS_TOKEN,
    UNKNOWN_CLIENT,
    OTHER_USER,
    OTHER_CLIENT,
    OTHER_SESSION,
    OWNER,
    OWNER_WITH_LOW_LEVEL,
    OWNER_WITH_STALE_GRANT,
    OWNER_WITH_WRONG_ACTION,
    OWNER_WITH_FORGED_GRANT,
    OWNER_WITH_GRANT_OF_OTHER_USER,
    UNKNOWN_ROLE,
    /// Holds the capability `challenge` alone.
    ASKING_ROLE,
    /// Holds the capability `first_factor` alone.
    ENROLLING_ROLE
  }

  /// What comes with a request to prove who sends it.
  private interface Credentials {
    Map<String, String> headers(String method, String path, @Nullable String body);
  }

  /// As a back end of this role signs.
  private record Role(String name) implements Credentials {
    @Override
    public Map<String, String> headers(String method, String path, @Nullable String body) {
      URI uri = URI.create(STILE.api().base() + path);
      Map<String, String> headers = Signer.of(name).headers(method, uri, body, Map.of());
      headers.remove("host");
      return headers;
    }
  }

  private record Bearer(@Nullable String token, @Nullable String grant) implements Credentials {
    @Override
    public Map<String, String> headers(String method, String path, @Nullable String body) {
      Map<String, String> headers = new LinkedHashMap<>();
      if (token != null) {
        headers.put("Authorization", "Bearer " + token);
      }
      if (grant != null) {
        headers.put("Stile-Grant", grant);
      }
      return headers;
    }
  }

  /// One line of the table: the operation, a body that is in order, and the answers.
  record Row(String operation, String body, Map<Caller, String> answers) {
    static Row of(List<String> cells) {
      Map<Caller, String> answers = new EnumMap<>(Caller.class);
      int column = 2;
      for (Caller caller : Caller.values()) {
        answers.put(caller, cells.get(column++));
      }
      assertThat(cells).hasSize(column);
      return new Row(cells.get(0), cells.get(1), answers);
    }

    @Override
    public String toString() {
      return operation;
    }
  }

  static List<Row> rows() {
    try (InputStream in = CallersTableTest.class.getResourceAsStream("callers.tsv")) {
      String table = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<Row> rows = new ArrayList<>();
      for (String line : table.split("\n", -1)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          rows.add(Row.of(List.of(line.split("\t", -1))));
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void comeIn() {
    owner = STILE.user();
    app = owner.app();
    User other = STILE.user();
    Authenticator theirs = other.app();
    String stale = owner.grant(User.MANAGE, app);
    STILE.time().advance(Duration.ofSeconds(301));
    String token = owner.token();
    String wrongAction = owner.grant("login", app);

    CALLERS.put(Caller.NO_TOKEN, new Bearer(null, null));
    CALLERS.put(Caller.BROKEN_TOKEN, new Bearer("x", null));
    CALLERS.put(Caller.FORGED_TOKEN, new Bearer(Tokens.forged(token, c -> {}), null));
    CALLERS.put(Caller.EXPIRED_TOKEN, resigned("exp", STILE.time().instant().getEpochSecond()));
    CALLERS.put(Caller.OTHER_ISSUER, resigned("iss", "https://idp.example"));
    CALLERS.put(Caller.OTHER_AUDIENCE, resigned("aud", "payments"));
    CALLERS.put(Caller.GRANT_AS_TOKEN, new Bearer(wrongAction, null));
    CALLERS.put(Caller.OTHER_USER, new Bearer(other.token(), null));
    CALLERS.put(Caller.UNKNOWN_CLIENT, again("client_id", "nobody"));
    CALLERS.put(Caller.OTHER_CLIENT, again("client_id", "shop"));
    CALLERS.put(Caller.OTHER_SESSION, again());
    CALLERS.put(Caller.OWNER, new Bearer(token, null));
    // With the server's own key: it gives none below what the account reaches.
    String lowLevel = owner.grant(User.MANAGE, app);
    CALLERS.put(
        Caller.OWNER_WITH_LOW_LEVEL,
        with(Tokens.resigned(lowLevel, STILE.folder(), claims -> claims.put("acr", "aal1"))));
    CALLERS.put(Caller.OWNER_WITH_STALE_GRANT, with(stale));
    CALLERS.put(Caller.OWNER_WITH_WRONG_ACTION, with(wrongAction));
    CALLERS.put(
        Caller.OWNER_WITH_FORGED_GRANT,
        with(Tokens.forged(wrongAction, claims -> claims.put("action", User.MANAGE))));
    CALLERS.put(Caller.OWNER_WITH_GRANT_OF_OTHER_USER, with(other.grant(User.MANAGE, theirs)));
    CALLERS.put(Caller.UNKNOWN_ROLE, new Role("nobody"));
    CALLERS.put(Caller.ASKING_ROLE, new Role("asking"));
    CALLERS.put(Caller.ENROLLING_ROLE, new Role("enrolling"));
  }

  @AfterEach
  void makeRoom() {
    if (!challenge.isEmpty()) {
      owner.cancel(challenge);
      challenge = "";
    }
  }

  /// The owner, by another way.
  private static Credentials again(Object... more) {
    return new Bearer(new User(STILE, owner.subject()).signIn(more).token(), null);
  }

  private static Credentials with(String grant) {
    return new Bearer(owner.token(), grant);
  }

  private static Credentials resigned(String claim, Object value) {
    return new Bearer(
        Tokens.resigned(owner.token(), STILE.folder(), claims -> claims.put(claim, value)), null);
  }

  @Test
  void hasARowForEachOperation() {
    Set<String> operations = new TreeSet<>();
    var paths = ApiDescription.ofCheckout().root().child("paths").orElseThrow();
    for (String path : paths.names()) {
      for (String method : paths.child(path).orElseThrow().names()) {
        if (METHODS.contains(method)) {
          operations.add(method.toUpperCase(Locale.ROOT) + " " + path);
        }
      }
    }
    assertThat(rows().stream().map(Row::operation)).containsExactlyInAnyOrderElementsOf(operations);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answersEachCallerAsItSays(Row row) {
    Map<Caller, String> answers = new EnumMap<>(Caller.class);
    Map<Caller, String> expected = new EnumMap<>(Caller.class);
    if (row.operation().contains("{challenge_id}")) {
      challenge = owner.challenge("login", app).id();
    }
    for (Caller caller : Caller.values()) {
      String answer = Objects.requireNonNull(row.answers().get(caller));
      if (!answer.equals(NOT_ASKED)) {
        expected.put(caller, answer);
        answers.put(caller, ask(row, Objects.requireNonNull(CALLERS.get(caller))));
      }
    }
    if (row.operation().endsWith("/challenges")) {
      // An app has few at a time.
      STILE.time().advance(Duration.ofMinutes(5));
    }
    assertThat(answers).isEqualTo(expected);
  }

  /// The status, and the code where it is a problem.
  private static String ask(Row row, Credentials credentials) {
    String operation = filled(row.operation());
    int space = operation.indexOf(' ');
    String method = operation.substring(0, space);
    String path = operation.substring(space + 1);
    String body = row.body().isEmpty() ? null : filled(row.body());
    Answer answer = STILE.api().send(method, path, body, credentials.headers(method, path, body));
    boolean refused = answer.status() >= 400;
    return refused ? answer.status() + " " + answer.code() : String.valueOf(answer.status());
  }

  private static String filled(String text) {
    return text.replace("{user_id}", owner.subject())
        .replace("{factor_id}", app.id())
        .replace("{challenge_id}", challenge);
  }
}
