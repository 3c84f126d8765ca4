package dev.stile.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stile.local.Options.BadOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/// `./stile keys`: the signing keys of the Stile that runs on this machine, and what becomes of
/// them.
final class KeysCommand {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String USAGE = "./stile keys [rotate | withdraw KID] [--port N]";
  private static final int REFUSED = 1;

  private KeysCommand() {}

  /// @throws BadOptions if it is not asked for properly, or nothing runs
  static int run(List<String> arguments, PrintStream out) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(arguments.subList(1, arguments.size()));
    int port = port(words);
    ObjectNode asked = JSON.createObjectNode();
    if (words.size() == 1 && words.getFirst().equals("rotate")) {
      asked.put("rotate", true);
    } else if (words.size() == 2 && words.getFirst().equals("withdraw")) {
      asked.put("withdraw", words.getLast());
    } else if (!words.isEmpty()) {
      throw new BadOptions(USAGE);
    }
    HttpResponse<String> answer = ask(URI.create("http://localhost:" + port), asked.toString());
    if (answer.statusCode() != 200) {
      out.println("There is no such key.");
      return REFUSED;
    }
    for (JsonNode key : JSON.readTree(answer.body()).path("keys")) {
      out.printf(
          "%-9s  %s  %s  %s%n",
          key.path("state").asText(),
          key.path("alg").asText(),
          key.path("kid").asText(),
          key.has("withdrawn_at")
              ? "at " + key.path("withdrawn_at").asText()
              : "signs from " + key.path("used_from").asText());
    }
    return 0;
  }

  private static int port(List<String> words) {
    int at = words.indexOf("--port");
    if (at < 0) {
      return Options.DEFAULT_PORT;
    }
    List<String> option = words.subList(at, words.size());
    if (option.size() != 2) {
      throw new BadOptions(USAGE);
    }
    int port = Options.port(option.getLast());
    option.clear();
    return port;
  }

  private static HttpResponse<String> ask(URI stile, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(stile.resolve("/local/keys"))
            .POST(BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new BadOptions("nothing runs at " + stile + "; ./stile up first, or --port N");
    }
  }
}
